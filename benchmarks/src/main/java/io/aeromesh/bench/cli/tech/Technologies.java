package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.AgronaCopyBatch;
import io.aeromesh.bench.CopyBatch;
import io.aeromesh.bench.HopBatch;
import io.aeromesh.bench.cli.measure.Bounce;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All technologies by name, and which of them each case has.
 */
public final class Technologies
{
    private static final List<String> MESH =
        List.of("direct", "direct-udp", "contexts", "proxy-1", "proxy-2", "proxy-3");
    private static final List<String> ALTERNATIVES =
        List.of("ring", "aeron-ipc", "aeron-udp", "disruptor", "chronicle-queue", "jeromq", "uds");

    /** Made when asked for, so that the command that measures nothing loads none of them. */
    private static final Map<String, Supplier<Technology>> BY_NAME = new LinkedHashMap<>();

    static
    {
        BY_NAME.put("limit", () -> new LimitTechnology(Bounce.Lines.ONE));
        BY_NAME.put("limit2", () -> new LimitTechnology(Bounce.Lines.TWO));
        BY_NAME.put("stream-limit", StreamLimitTechnology::new);
        BY_NAME.put("direct", MeshTechnology::new);
        BY_NAME.put("direct-udp", DirectUdpTechnology::new);
        BY_NAME.put("lease", LeaseTechnology::new);
        BY_NAME.put("contexts", ContextTechnology::new);
        BY_NAME.put("proxy-1", () -> new ProxyTechnology(1));
        BY_NAME.put("proxy-2", () -> new ProxyTechnology(2));
        BY_NAME.put("proxy-3", () -> new ProxyTechnology(3));
        BY_NAME.put("broadcast", BroadcastTechnology::new);
        BY_NAME.put("hop", () -> new HopTechnology("a node with two edges, routing included", HopBatch::new));
        BY_NAME.put("copy", () -> new HopTechnology("between two of our rings", CopyBatch::new));
        BY_NAME.put("agrona-copy", () -> new HopTechnology("between two OneToOneRingBuffers", AgronaCopyBatch::new));
        BY_NAME.put("ring", RingTechnology::new);
        BY_NAME.put("aeron-ipc", () -> new AeronTechnology(AeronTechnology.Medium.IPC));
        BY_NAME.put("aeron-udp", () -> new AeronTechnology(AeronTechnology.Medium.UDP));
        BY_NAME.put("disruptor", DisruptorTechnology::new);
        BY_NAME.put("chronicle-queue", ChronicleQueueTechnology::new);
        BY_NAME.put("jeromq", JeroMqTechnology::new);
        BY_NAME.put("uds", UnixSocketTechnology::new);
        BY_NAME.put("node", () -> new FootprintTechnology(FootprintTechnology.Thing.NODE));
        BY_NAME.put("edge", () -> new FootprintTechnology(FootprintTechnology.Thing.EDGE));
        BY_NAME.put("channel", () -> new FootprintTechnology(FootprintTechnology.Thing.CHANNEL));
    }

    private Technologies()
    {
    }

    /**
     * By its name.
     */
    public static Technology named(final String name)
    {
        return Objects.requireNonNull(BY_NAME.get(name), () -> "no technology " + name).get();
    }

    /**
     * Names of those that a case has, in the order in which they are shown.
     */
    public static List<String> of(final Case benchCase)
    {
        return switch (benchCase)
        {
            case RTT -> join(List.of("limit", "limit2"), MESH, ALTERNATIVES);
            case THROUGHPUT -> join(List.of("stream-limit"), MESH, ALTERNATIVES);
            case HOP -> List.of("hop", "copy", "agrona-copy");
            case TRANSFER -> List.of("lease", "direct", "aeron-ipc", "ring");
            case BROADCAST -> List.of("broadcast", "aeron-ipc");
            case PROXY -> List.of("proxy-1", "proxy-2", "proxy-3");
            case FOOTPRINT -> List.of("node", "edge", "channel");
        };
    }

    private static List<String> join(final List<String> limits, final List<String> mesh, final List<String> others)
    {
        return Stream.of(limits, mesh, others).flatMap(List::stream).toList();
    }
}
