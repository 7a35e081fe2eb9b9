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
    /** As the file system says. */
    FreeSpace OF_FILE_STORE = (directory) -> Files.getFileStore(directory).getUsableSpace();

    long usableBytes(Path directory) throws IOException;
}
