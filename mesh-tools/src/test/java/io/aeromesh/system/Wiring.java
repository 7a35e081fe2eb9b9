package io.aeromesh.system;

import io.aeromesh.aeron.DriverLauncher;
import io.aeromesh.os.MeshOs;
import io.aeromesh.tools.process.UdpPorts;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes the URIs of both ends of edges, no two of which share anything. Each edge has a name of its own.
 */
final class Wiring implements AutoCloseable
{
    private static final int STREAM_STEP = 10;

    private final Path base;
    private DriverLauncher driver;
    private int count;

    Wiring(final Path base)
    {
        this.base = base;
    }

    /**
     * The two ends of an edge.
     *
     * @param name   of the edge at both ends.
     * @param first  URI for one node; an embedded driver is here, so that it comes first where there is one.
     * @param second URI for the other.
     */
    record Ends(String name, String first, String second)
    {
    }

    /**
     * An edge between two nodes.
     */
    Ends join(final Joint joint, final String first, final String second)
    {
        count++;
        final String name = "edge" + count;
        final String toSecond = "|name=" + name + "|peer=" + second;
        final String toFirst = "|name=" + name + "|peer=" + first;
        final int stream = 1000 + count * STREAM_STEP;
        switch (joint)
        {
            case INPROC, SHM ->
            {
                final String uri = joint.name().toLowerCase(Locale.ROOT) + ":" + base.getFileName() + count + "?";
                return new Ends(name, uri + toSecond.substring(1), uri + toFirst.substring(1));
            }
            case IPC_EMBEDDED ->
            {
                final String uri = "aeron:ipc?stream=" + stream + "|dir=" + base.resolve("driver-" + first);
                return new Ends(name, uri + "|driver=embedded" + toSecond, uri + toFirst);
            }
            case IPC_EXTERNAL ->
            {
                final String uri = "aeron:ipc?stream=" + stream + "|dir=" + externalDriver();
                return new Ends(name, uri + toSecond, uri + toFirst);
            }
            case UDP ->
            {
                final String here = "127.0.0.1:" + freePort();
                final String there = "127.0.0.1:" + freePort();
                return new Ends(name, "aeron:udp?endpoint=" + here + "|remote=" + there + toSecond,
                    "aeron:udp?endpoint=" + there + "|remote=" + here + toFirst);
            }
            default ->
            {
                final String uri = multicast();
                return new Ends(name, uri + toSecond, uri + toFirst);
            }
        }
    }

    /**
     * A multicast group for any number of nodes; has no name yet.
     */
    String multicast()
    {
        return "aeron:udp?group=224.20.30.43:" + freePort() + "|interface=localhost";
    }

    /**
     * Directory of a media driver on a thread of its own in this process, which no node owns.
     */
    String externalDriver()
    {
        if (driver == null)
        {
            driver = DriverLauncher.threaded(MeshOs.system(), base.resolve("driver"));
        }
        return driver.dir();
    }

    static int freePort()
    {
        return UdpPorts.free(1)[0];
    }

    @Override
    public void close()
    {
        if (driver != null)
        {
            driver.close();
        }
    }
}
