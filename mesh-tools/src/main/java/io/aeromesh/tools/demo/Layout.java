package io.aeromesh.tools.demo;

import io.aeromesh.tools.process.ProcessFailure;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The demo's nodes and edges, each kind of edge at least once. From A to F the way by C is the cheaper one.
 *
 * @param nodes names.
 * @param edges between them.
 */
record Layout(List<String> nodes, List<Edge> edges)
{
    /** As drawn when all edges are up. */
    static final String PICTURE = """
        A --shm-- B --aeron:ipc-- C --aeron:udp-- D --shm-- F
                  |                               |
                  +----shm---- E ----aeron:udp----+""";

    private static final int CHEAP = 10;
    private static final int DEAR = 25;
    private static final int IPC_STREAM = 2001;
    private static final int UDP_PORTS = 4;

    /**
     * One edge, as a URI at each end without the common parameters.
     */
    record Edge(String from, String to, String fromUri, String toUri, int cost)
    {
        String name()
        {
            return from + to;
        }

        boolean joins(final String node)
        {
            return from.equals(node) || to.equals(node);
        }

        /**
         * The whole URI at one end.
         */
        String uriAt(final String node)
        {
            final boolean first = from.equals(node);
            final String uri = first ? fromUri : toUri;
            return uri + (uri.indexOf('?') < 0 ? '?' : '|') + "peer=" + (first ? to : from) + "|cost=" + cost +
                "|name=" + name();
        }
    }

    /**
     * @param driverDirectory of the external media driver of the IPC edge.
     * @param ports           of the UDP edges, from {@link #freePorts()}.
     */
    static Layout create(final Path driverDirectory, final int... ports)
    {
        final String ipc = "aeron:ipc?stream=" + IPC_STREAM + "|dir=" + driverDirectory;
        return new Layout(List.of("A", "B", "C", "D", "E", "F"), List.of(
            new Edge("A", "B", "shm:ab", "shm:ab", CHEAP),
            new Edge("B", "C", ipc, ipc, CHEAP),
            udp("C", "D", ports[0], ports[1], CHEAP),
            new Edge("B", "E", "shm:be", "shm:be", DEAR),
            udp("E", "D", ports[2], ports[3], DEAR),
            new Edge("D", "F", "shm:df", "shm:df", CHEAP)));
    }

    List<String> urisOf(final String node)
    {
        return edges.stream().filter(edge -> edge.joins(node)).map(edge -> edge.uriAt(node)).toList();
    }

    private static Edge udp(final String from, final String to, final int fromPort, final int toPort, final int cost)
    {
        return new Edge(from, to, udpUri(fromPort, toPort), udpUri(toPort, fromPort), cost);
    }

    private static String udpUri(final int port, final int remotePort)
    {
        return "aeron:udp?endpoint=127.0.0.1:" + port + "|remote=127.0.0.1:" + remotePort;
    }

    /**
     * UDP ports that are free now.
     */
    static int[] freePorts()
    {
        final List<DatagramSocket> sockets = new ArrayList<>();
        try
        {
            // all open at once, so that they differ
            for (int i = 0; i < UDP_PORTS; i++)
            {
                sockets.add(new DatagramSocket(0, InetAddress.getByName("127.0.0.1")));
            }
            return sockets.stream().mapToInt(DatagramSocket::getLocalPort).toArray();
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("no free UDP port on 127.0.0.1: " + ex.getMessage(), ex);
        }
        finally
        {
            sockets.forEach(DatagramSocket::close);
        }
    }
}
