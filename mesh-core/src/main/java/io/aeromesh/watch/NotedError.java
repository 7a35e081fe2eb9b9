package io.aeromesh.watch;

/**
 * A distinct error of a node.
 *
 * @param count   how often it was.
 * @param firstMs when first, in milliseconds of the epoch.
 * @param lastMs  when last.
 * @param text    class, message and stack, in lines.
 */
public record NotedError(int count, long firstMs, long lastMs, String text)
{
}
