package io.aeromesh.tools.torture;

/**
 * Something that is done at a moment of an episode.
 *
 * @param atMs   after the episode's begin, in milliseconds.
 * @param text   what, for the log.
 * @param action that does it.
 */
record Step(long atMs, String text, Runnable action)
{
}
