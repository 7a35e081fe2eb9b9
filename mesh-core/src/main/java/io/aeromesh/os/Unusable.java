package io.aeromesh.os;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What is said of a directory, or a file in one, that this process can not work with.
 */
final class Unusable
{
    private Unusable()
    {
    }

    static MeshException noDirectory(final Path path)
    {
        return new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "can not use '" + path + "': it is " +
            (Files.isSymbolicLink(path) ? "a symbolic link, name what it leads to" : "no directory"));
    }

    /**
     * Requires that a directory is there or can be made, as far as what is above it can tell.
     */
    static void requireNoFileAbove(final Path directory)
    {
        Path nearest = directory.toAbsolutePath();
        while (nearest.getParent() != null && !Files.exists(nearest, LinkOption.NOFOLLOW_LINKS))
        {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest))
        {
            throw noDirectory(nearest);
        }
    }

    static MeshException of(final Path path, final IOException cause)
    {
        return new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "can not use '" + path + "': " + Reason.of(cause),
            cause);
    }
}
