package io.aeromesh.tools.torture;

import java.util.Locale;

/**
 * What is done to the processes.
 */
public enum Kind
{
    /** SIGKILL of the node that writes most. */
    KILL_WRITER("writer killed with SIGKILL, and started again"),
    /** SIGKILL of the node that reads most. */
    KILL_READER("reader killed with SIGKILL, and started again"),
    /** SIGKILL of a node on the way. */
    KILL_RELAY("relay killed with SIGKILL, and started again"),
    /** SIGSTOP for a while. */
    STOP("process stopped with SIGSTOP for 10 ms to 60 s"),
    /** SIGKILL of the media driver. */
    KILL_DRIVER("media driver killed with SIGKILL, and started again"),
    /** No room in shared memory. */
    FULL("shared memory full while a node starts"),
    /** Files of the dead. */
    FILES("files of a dead node truncated, or their permissions taken away"),
    /** Wall clock. */
    CLOCK("wall clock of the processes at the media driver stepped by up to a day"),
    /** Namespaces of process ids. */
    PID_ONE("node that is process 1 in a namespace of its own killed, and started again"),
    /** Loss on the network. */
    LOSS("packets lost between two network namespaces"),
    /** A cut cable. */
    CUT("link between two network namespaces taken down and up");

    private final String doc;

    Kind(final String doc)
    {
        this.doc = doc;
    }

    /**
     * As on the command line.
     */
    @Override
    public String toString()
    {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * In words.
     */
    public String doc()
    {
        return doc;
    }
}
