package io.aeromesh.bench.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Files with blocks that are made anew one after the other. Each file is read again every time, as an hour may lie
 * between two blocks, in which people write around them.
 */
public final class Documents
{
    private final List<Path> files;

    /**
     * @param known names that blocks may have.
     * @throws IllegalArgumentException saying in one line which file can not be written or what its blocks lack.
     */
    public Documents(final List<Path> files, final List<String> known) throws IOException
    {
        this.files = files;
        for (final Path file : files)
        {
            if (!Files.isRegularFile(file) || !Files.isWritable(file))
            {
                throw new IllegalArgumentException(
                    "'" + file + "' is no file that can be written: run this in the directory of the sources");
            }
            for (final String block : read(file).blocks())
            {
                if (!known.contains(block))
                {
                    throw new IllegalArgumentException(
                        file + " has a block '" + block + "', there are: " + String.join(", ", known));
                }
            }
        }
    }

    private static Document read(final Path file) throws IOException
    {
        return new Document(file.toString(), Files.readString(file));
    }

    /**
     * Names of the blocks of all files.
     */
    public List<String> blocks() throws IOException
    {
        final List<String> blocks = new ArrayList<>();
        for (final Path file : files)
        {
            blocks.addAll(read(file).blocks());
        }
        return blocks;
    }

    /**
     * Puts new contents in their place, and leaves the other blocks.
     *
     * @param contents by name of the block.
     * @throws IllegalArgumentException saying in one line what the blocks of a file lack now.
     */
    public void replace(final Map<String, String> contents) throws IOException
    {
        for (final Path file : files)
        {
            final Document document = read(file);
            if (document.blocks().stream().anyMatch(contents::containsKey))
            {
                write(file, document.with(contents));
            }
        }
    }

    /** As a whole or not at all, as somebody may read it at that moment, or end this. */
    private static void write(final Path file, final String text) throws IOException
    {
        final Path target = file.toRealPath(); // a link stays one
        final Path sibling = target.resolveSibling(target.getFileName() + ".new");
        try
        {
            Files.copy(target, sibling, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.writeString(sibling, text);
            Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE);
        }
        finally
        {
            Files.deleteIfExists(sibling);
        }
    }
}
