package io.aeromesh.fuzz.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The inputs of a target that are kept: one archive for each, as hundreds of files of some bytes would be most of the
 * checkout. The same inputs always give the same archive.
 */
public final class Corpus
{
    private Corpus()
    {
    }

    /**
     * Reads an archive.
     *
     * @return its inputs, none when there is no archive.
     * @throws IOException when it can not be read.
     */
    public static List<byte[]> read(final Path archive) throws IOException
    {
        final List<byte[]> inputs = new ArrayList<>();
        if (Files.exists(archive))
        {
            try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive)))
            {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                {
                    inputs.add(in.readAllBytes());
                }
            }
        }
        return inputs;
    }

    /**
     * Lays the inputs of an archive into a directory, as files with numbers for names.
     */
    static void unpack(final Path archive, final Path directory) throws IOException
    {
        Files.createDirectories(directory);
        int number = 0;
        for (final byte[] input : read(archive))
        {
            Files.write(directory.resolve(Integer.toString(number++)), input);
        }
    }

    /**
     * Makes an archive of the files of a directory, by their names.
     *
     * @return inputs in it.
     */
    static int pack(final Path directory, final Path archive) throws IOException
    {
        final TreeMap<String, byte[]> inputs = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory))
        {
            for (final Path file : files)
            {
                inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        Files.createDirectories(archive.toAbsolutePath().getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive)))
        {
            int number = 0;
            for (final byte[] input : inputs.values())
            {
                final ZipEntry entry = new ZipEntry(Integer.toString(number++));
                entry.setTime(0);
                out.putNextEntry(entry);
                out.write(input);
                out.closeEntry();
            }
        }
        return inputs.size();
    }
}
