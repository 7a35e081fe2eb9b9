package io.aeromesh.os;

import java.nio.file.Path;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * Clock, randomness and threads for one node.
 */
public interface MeshOs
{
    /**
     * Monotonic clock in nanoseconds.
     */
    NanoClock nanoClock();

    /**
     * Wall clock in milliseconds, for what people read and for incarnations.
     */
    EpochClock epochClock();

    /**
     * A fresh random number. Any thread.
     */
    long nextRandom();

    /**
     * Number of this process, for what people read.
     */
    default long processId()
    {
        return ProcessHandle.current().pid();
    }

    /**
     * Makes a thread, not started.
     */
    Thread newThread(String name, Runnable task);

    /**
     * Makes a place where a node's agent sleeps.
     *
     * @param boundNs longest sleep, in nanoseconds.
     */
    Parking newParking(long boundNs);

    /**
     * Lets the calling thread sleep until it is unparked, but no longer than this; it may wake for no reason.
     */
    void park(long timeoutNs);

    /**
     * Claims a node's name among the processes of this host, until it is closed or the process dies.
     *
     * @param baseDirectory for files that processes of this host share.
     * @param meshName      of the mesh in which the name is unique.
     * @param nodeName      to be claimed.
     * @param instanceHigh  upper half of the node's instance, told to those who watch it.
     * @param instanceLow   lower half.
     * @throws io.aeromesh.error.MeshException NAME_TAKEN, or DIRECTORY_UNUSABLE.
     */
    HostPresence claimName(
        Path baseDirectory, String meshName, String nodeName, long instanceHigh, long instanceLow);

    /**
     * Makes a node the one that other processes of this host attach to, until that is closed or the process dies.
     *
     * @throws io.aeromesh.error.MeshException HOST_EXISTS, or DIRECTORY_UNUSABLE.
     */
    default AutoCloseable claimHost(final Path baseDirectory, final String meshName, final String nodeName)
    {
        return () ->
        {};
    }

    /**
     * Name of the node that processes of this host attach to.
     *
     * @return null when there is none.
     * @throws io.aeromesh.error.MeshException DIRECTORY_UNUSABLE, also where none could start there.
     */
    default String findHost(final Path baseDirectory, final String meshName)
    {
        return null;
    }

    /**
     * Lets processes of other users find the node that is the host, until that is closed.
     *
     * @throws io.aeromesh.error.MeshException DIRECTORY_UNUSABLE.
     */
    default AutoCloseable announceHost(final Path baseDirectory, final String meshName, final String nodeName)
    {
        return () ->
        {};
    }

    /**
     * Name of the node that another user runs and that lets processes of some other users attach.
     *
     * @param user          name or uid.
     * @param baseDirectory of that node.
     * @return null when there is none.
     * @throws io.aeromesh.error.MeshException BAD_CONFIG for a user that this machine does not have, or
     *                                         DIRECTORY_UNUSABLE.
     */
    default String findHostOf(final String user, final Path baseDirectory, final String meshName)
    {
        return null;
    }

    /**
     * Name of the user that runs this process, or its uid where it has no name.
     *
     * @throws io.aeromesh.error.MeshException BAD_CONFIG when that can not be told.
     */
    default String userName()
    {
        return System.getProperty("user.name");
    }

    /**
     * Waits until there is no such node, as long as it takes. The kernel wakes it when that node's process ends.
     *
     * @throws InterruptedException when the thread is interrupted.
     * @throws io.aeromesh.error.MeshException DIRECTORY_UNUSABLE, or HOST_EXISTS when it is in this process.
     */
    default void awaitNoHost(final Path baseDirectory, final String meshName) throws InterruptedException
    {
    }

    /**
     * Opens a small file in which a node keeps what it is to know after a restart.
     *
     * @param directory that survives restarts; made when it is missing.
     * @param name      of the file.
     * @throws io.aeromesh.error.MeshException DIRECTORY_UNUSABLE when no files can be made there.
     */
    KeptFile keep(Path directory, String name);

    /**
     * The machine's clocks, a strong source of randomness, and daemon-free threads.
     */
    static MeshOs system()
    {
        return SystemOs.INSTANCE;
    }
}
