package io.aeromesh.bench.cli.measure;

/**
 * What one more of something takes, all of this process.
 *
 * @param sharedBytes mapped from files, also of deleted ones; what both ends map is there once.
 * @param heapBytes   in use after a collection.
 * @param directBytes of direct buffers.
 * @param threads     of Java.
 * @param descriptors of files and sockets.
 */
public record Footprint(
    double sharedBytes, double heapBytes, double directBytes, double threads, double descriptors)
{
}
