package io.aeromesh.tools.process;

import java.nio.file.Path;
import java.util.List;

/**
 * Six nodes and their edges, each kind of edge at least once. From A to F the way by C is the cheaper one.
 *
 * @param nodes names.
 * @param edges between them.
 */
public record Layout(List<String> nodes, List<Edge> edges)
{
    /** As drawn when all edges are up. */
    public static final String PICTURE = """
        A --shm-- B --aeron:ipc-- C --aeron:udp-- D --shm-- F
                  |                               |
                  +----shm---- E ----aeron:udp----+""";

    private static final String LOCAL = "127.0.0.1";
    private static final int CHEAP = 10;
    private static final int DEAR = 25;
    private static final int IPC_STREAM = 2001;
    /** UDP ports that the edges need. */
    public static final int UDP_PORTS = 4;

    /**
     * One edge, as a URI at each end without the common parameters.
     */
    public record Edge(String from, String to, String fromUri, String toUri, int cost)
    {
        public String name()
        {
            return from + to;
        }

        public boolean joins(final String node)
        {
            return from.equals(node) || to.equals(node);
        }

        /**
         * The whole URI at one end.
         */
        public String uriAt(final String node)
        {
            final boolean first = from.equals(node);
            final String uri = first ? fromUri : toUri;
            return uri + (uri.indexOf('?') < 0 ? '?' : '|') + "peer=" + (first ? to : from) + "|cost=" + cost +
                "|name=" + name();
        }
    }

    /**
     * @param driverDirectory of the external media driver of the IPC edge.
     * @param ports           of the UDP edges, from {@link UdpPorts}.
     */
    public static Layout create(final Path driverDirectory, final int... ports)
    {
        return create(driverDirectory, LOCAL, LOCAL, ports);
    }

    /**
     * With D where it is reached by another address than C and E are.
     *
     * @param driverDirectory of the external media driver of the IPC edge.
     * @param near            address of C and E.
     * @param far             address of D.
     * @param ports           of the UDP edges.
     */
    public static Layout create(
        final Path driverDirectory, final String near, final String far, final int... ports)
    {
        final String ipc = "aeron:ipc?stream=" + IPC_STREAM + "|dir=" + driverDirectory;
        return new Layout(List.of("A", "B", "C", "D", "E", "F"), List.of(
            new Edge("A", "B", "shm:ab", "shm:ab", CHEAP),
            new Edge("B", "C", ipc, ipc, CHEAP),
            udp("C", "D", near + ":" + ports[0], far + ":" + ports[1], CHEAP),
            new Edge("B", "E", "shm:be", "shm:be", DEAR),
            udp("E", "D", near + ":" + ports[2], far + ":" + ports[3], DEAR),
            new Edge("D", "F", "shm:df", "shm:df", CHEAP)));
    }

    public List<String> urisOf(final String node)
    {
        return edges.stream().filter(edge -> edge.joins(node)).map(edge -> edge.uriAt(node)).toList();
    }

    private static Edge udp(final String from, final String to, final String fromHost, final String toHost,
        final int cost)
    {
        return new Edge(from, to, udpUri(fromHost, toHost), udpUri(toHost, fromHost), cost);
    }

    private static String udpUri(final String endpoint, final String remote)
    {
        return "aeron:udp?endpoint=" + endpoint + "|remote=" + remote;
    }
}
