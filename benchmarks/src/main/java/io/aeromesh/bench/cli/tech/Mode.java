package io.aeromesh.bench.cli.tech;

import java.util.Locale;

/**
 * What the two ends are.
 */
public enum Mode
{
    /** A JVM each. */
    PROCESSES,
    /** Threads of one JVM. */
    THREADS,
    /** One thread does all: cases that measure no hand-over between cores. */
    THREAD;

    /** As it is in reports. */
    public String text()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
