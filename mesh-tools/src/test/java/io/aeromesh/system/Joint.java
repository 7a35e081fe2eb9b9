package io.aeromesh.system;

import io.aeromesh.spi.TransportContext.Threading;
import java.util.ArrayList;
import java.util.List;

/**
 * How two nodes are joined.
 */
enum Joint
{
    INPROC,
    SHM,
    /** The first node runs the media driver, the second uses it. */
    IPC_EMBEDDED,
    IPC_EXTERNAL,
    UDP,
    MULTICAST;

    /**
     * A joint, and who runs the nodes on it.
     */
    record Cell(Joint joint, Threading threading)
    {
        @Override
        public String toString()
        {
            return joint + " " + threading;
        }
    }

    /**
     * All joints, run by the test's thread and by threads of their own.
     */
    static List<Cell> cells()
    {
        final List<Cell> all = new ArrayList<>();
        for (final Joint joint : values())
        {
            for (final Threading threading : Threading.values())
            {
                all.add(new Cell(joint, threading));
            }
        }
        return all;
    }

    /**
     * Whether everything on it is made in microseconds, so that a test may do it often.
     */
    boolean isQuick()
    {
        return this == INPROC || this == SHM;
    }
}
