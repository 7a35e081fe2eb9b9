package io.aeromesh.aeron;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The nodes of one driver in {@link PlaceLoadMain}, all run by one thread, so that they are late for what the driver
 * tells. One of them starts anew every three seconds. Reports to standard error; bytes that make no sense with all
 * that is known of them.
 */
final class PlaceLoadNodes
{
    private static final long REPORT_NS = TimeUnit.SECONDS.toNanos(15);
    private static final long CHURN_NS = TimeUnit.SECONDS.toNanos(3);

    private final Path base;
    private final String driver;
    private final int first;
    private final int step;
    private final String[] addresses;
    private final MeshNode[] nodes;
    private final Map<ErrorCode, Integer> errors = new EnumMap<>(ErrorCode.class);

    private PlaceLoadNodes(final String... args)
    {
        base = Path.of(args[0]);
        driver = args[1];
        first = Integer.parseInt(args[2]);
        step = Integer.parseInt(args[3]);
        addresses = args[4].split(",");
        nodes = new MeshNode[addresses.length];
    }

    /**
     * @param args base directory, directory of the driver, number of the first node, distance to the next one,
     *             addresses of all.
     */
    public static void main(final String[] args)
    {
        new PlaceLoadNodes(args).run();
    }

    private void run()
    {
        final Random random = new Random(first);
        long nextChurnNs = System.nanoTime();
        long nextReportNs = nextChurnNs + REPORT_NS;
        long cycleNsMax = 0;
        int next = first;
        while (true)
        {
            final long nowNs = System.nanoTime();
            if (next < nodes.length)
            {
                start(next);
                next += step;
            }
            else if (nowNs - nextChurnNs >= 0)
            {
                nextChurnNs = nowNs + CHURN_NS;
                start(first + step * random.nextInt((nodes.length - first + step - 1) / step));
            }
            live().forEach(MeshNode::doWork);
            cycleNsMax = Math.max(cycleNsMax, System.nanoTime() - nowNs);
            if (nowNs - nextReportNs >= 0)
            {
                nextReportNs = nowNs + REPORT_NS;
                System.err.println("by driver " + first + ": edges up " + live().flatMap(node -> node.edges().stream())
                    .filter(edge -> edge.state() == EdgeStatus.State.UP).count() + ", longest cycle " +
                    TimeUnit.NANOSECONDS.toMillis(cycleNsMax) + " ms, errors " + errors);
                cycleNsMax = 0;
            }
        }
    }

    private Stream<MeshNode> live()
    {
        return Stream.of(nodes).filter(Objects::nonNull);
    }

    private void start(final int number)
    {
        if (nodes[number] != null)
        {
            nodes[number].close();
            nodes[number] = null;
        }
        final NodeListener listener = new NodeListener()
        {
            @Override
            public void onError(final MeshException error)
            {
                if (errors.merge(error.code(), 1, Integer::sum) == 1 || error.code() == ErrorCode.PROTOCOL_VIOLATION)
                {
                    System.err.println("node " + number + ": " + error.getMessage());
                }
            }
        };
        try
        {
            nodes[number] = MeshNode.launch(NodeConfig.named("n" + number).invoked().sharing().listener(listener)
                .baseDirectory(base).edge("aeron:udp?term-length=65536|dir=" + driver + "|listen=" +
                    addresses[number] + (number == 0 ? "" : "|join=" + addresses[0])));
        }
        catch (final MeshException ex) // the driver is stopped
        {
            errors.merge(ex.code(), 1, Integer::sum);
        }
    }
}
