package io.aeromesh.os;

/**
 * A node's presence among the processes of its host: its hold on its name, and the sockets by which processes learn of
 * each other's end from the kernel, whatever transport joins them.
 * <p>
 * <b>Threading:</b> made on the launching thread, then the agent's, which also closes it.
 */
public interface HostPresence extends AutoCloseable
{
    /**
     * Told of the ends of watches, each once.
     */
    interface DeathListener
    {
        /**
         * The process of that instance has ended, or its node was closed.
         */
        void onProcessEnded(String peerName, long instanceHigh, long instanceLow);

        /**
         * There is no telling by a socket: the process is not on this host, or not any more, or ended before it said
         * which instance it is.
         */
        void onWatchLost(String peerName, long instanceHigh, long instanceLow);
    }

    /**
     * Watches the process of a node, if it is on this host and shares the directory; else the watch is lost. Watching
     * one twice is watching it once.
     */
    void watch(String peerName, long instanceHigh, long instanceLow);

    /**
     * Lets what comes to the sockets wake the agent. Once, before the agent runs.
     */
    default void wakes(final Parking parking)
    {
    }

    /**
     * A bell at a watched node, by which a thread of this process wakes that node's agent: one byte, never blocking; a
     * socket that is full has woken it already.
     *
     * @return the bell, for one thread at a time, or null when that node is not watched or not reached.
     */
    default Runnable bell(final long instanceHigh, final long instanceLow)
    {
        return null;
    }

    /**
     * Whether a node or context of that id lives on this host, as far as can be told: true where it can not.
     */
    default boolean isAlive(final long nodeId)
    {
        return true;
    }

    /**
     * Makes the memory in which the node tells how it is; closed with the name. Once, before the agent runs.
     *
     * @param length in bytes.
     * @throws io.aeromesh.error.MeshException OUT_OF_SHARED_MEMORY, or DIRECTORY_UNUSABLE.
     */
    default StatusMemory openStatus(final int length)
    {
        return StatusMemory.onHeap(length);
    }

    /**
     * Looks at the sockets, at most once a millisecond, and at once when one has woken the agent.
     *
     * @param nowNs of the node's clock in nanoseconds.
     * @return amount of work done.
     */
    int doWork(long nowNs, DeathListener listener);

    /**
     * Lets the name go. Idempotent.
     */
    @Override
    void close();

    /**
     * For a node that is alone on its host, such as a simulated one.
     */
    HostPresence NONE = new HostPresence()
    {
        @Override
        public void watch(final String peerName, final long instanceHigh, final long instanceLow)
        {
        }

        @Override
        public int doWork(final long nowNs, final DeathListener listener)
        {
            return 0;
        }

        @Override
        public void close()
        {
        }
    };
}
