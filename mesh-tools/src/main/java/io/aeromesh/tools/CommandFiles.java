package io.aeromesh.tools;

import io.aeromesh.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Checks files and directories that a command is given, before it works long and can not say what it found.
 */
final class CommandFiles
{
    private CommandFiles()
    {
    }

    /**
     * By trying: permissions do not tell all, for example of a read-only file system.
     */
    static void checkWritable(final CommandSpec spec, final String option, final Path file)
    {
        if (file == null)
        {
            return;
        }
        try
        {
            final boolean existed = Files.exists(file);
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
            if (!existed)
            {
                Files.delete(file);
            }
        }
        catch (final IOException ex)
        {
            throw new ParameterException(spec.commandLine(),
                "can not write " + option + " file '" + file + "': " + Reason.of(ex),
                ex);
        }
    }

    /**
     * Writes what a command has found.
     *
     * @throws IOException that names the option and the file, as Java does not where it is full.
     */
    static void write(final String option, final Path file, final String text) throws IOException
    {
        try
        {
            Files.writeString(file, text);
        }
        catch (final IOException ex)
        {
            throw new IOException("can not write " + option + " file '" + file + "': " + Reason.of(ex), ex);
        }
    }

    static void createDirectory(final CommandSpec spec, final String option, final Path path)
    {
        if (path == null)
        {
            return;
        }
        try
        {
            Files.createDirectories(path);
        }
        catch (final IOException ex)
        {
            throw new ParameterException(spec.commandLine(),
                "can not make " + option + " directory '" + path + "': " + Reason.of(ex), ex);
        }
        checkDirectory(spec, option, path);
    }

    static void checkDirectory(final CommandSpec spec, final String option, final Path path)
    {
        if (!Files.isDirectory(path) || !Files.isWritable(path))
        {
            throw new ParameterException(spec.commandLine(),
                option + " '" + path + "' is not a directory that can be written to");
        }
    }
}
