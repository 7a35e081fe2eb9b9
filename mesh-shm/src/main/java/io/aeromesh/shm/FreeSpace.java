package io.aeromesh.shm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says how many bytes a directory's file system has left.
 */
@FunctionalInterface
interface FreeSpace
{
    /** As the file system says; its store is looked for among all mounts only to say what is wrong. */
    FreeSpace OF_FILE_STORE = (directory) ->
    {
        final long usable = directory.toFile().getUsableSpace();
        return 0 == usable ? Files.getFileStore(directory).getUsableSpace() : usable;
    };

    long usableBytes(Path directory) throws IOException;
}
