package io.aeromesh.tools.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the kernel tells in files. None need be there: containers and other kernels lack many.
 *
 * @param root that {@code proc} and {@code sys} are in.
 */
record SystemFiles(Path root)
{
    private static final int LENGTH_MAX = 1 << 20;

    Path path(final String name)
    {
        return root.resolve(name);
    }

    /**
     * The text without space around it; empty: it can not be read.
     */
    String text(final String name)
    {
        return text(path(name));
    }

    /**
     * By one read that is long enough: settings below {@code proc/sys} are given to a first read, of which Java makes
     * one of a single byte, and to no further one.
     */
    static String text(final Path file)
    {
        try (InputStream in = Files.newInputStream(file))
        {
            return new String(in.readNBytes(LENGTH_MAX), StandardCharsets.ISO_8859_1).strip();
        }
        catch (final IOException ignore)
        {
            return "";
        }
    }

    List<String> lines(final String name)
    {
        return text(name).lines().toList();
    }

    OptionalLong number(final String name)
    {
        return number(path(name));
    }

    /**
     * Empty where there is none, as in {@code max}.
     */
    static OptionalLong number(final Path file)
    {
        try
        {
            return OptionalLong.of(Long.parseLong(text(file)));
        }
        catch (final NumberFormatException ignore)
        {
            return OptionalLong.empty();
        }
    }
}
