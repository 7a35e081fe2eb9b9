package io.aeromesh.watch;

import io.aeromesh.StatusConfig;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.StatusFiles;
import io.aeromesh.os.StatusMemory;
import io.aeromesh.status.MeshEvent;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.status.NodeStatus;
import io.aeromesh.status.StatusLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.errors.DistinctErrorLog;

/**
 * A node's status file that was damaged anywhere, and cut anywhere. It is refused with a reason, or is read, and then
 * what is in it is within the bounds that it has.
 */
public final class SnapshotFuzz
{
    private static final int PATCHES_MAX = 16;
    private static final int PATCH_MAX = 16;
    private static final StatusConfig CONFIG = new StatusConfig(StatusConfig.COUNTERS_MIN, StatusConfig.EVENTS_MIN, 1);
    private static final StatusLayout LAYOUT = new StatusLayout(CONFIG);
    private static final byte[] GOOD = good();
    /** Where sections begin, near which most is decided. */
    private static final int[] SECTIONS = {
        0, LAYOUT.metadataOffset(), LAYOUT.valuesOffset(), LAYOUT.errorOffset(), LAYOUT.eventsOffset(),
        LAYOUT.timesOffset(MeshHistogram.DUTY_CYCLE)};

    private SnapshotFuzz()
    {
    }

    private static byte[] good()
    {
        final StatusMemory memory = StatusMemory.onHeap(NodeStatus.length(CONFIG));
        final NodeStatus status =
            new NodeStatus(new NodeStatus.Subject("fuzzed", "mesh", 1, 2), CONFIG, memory, MeshOs.system());
        status.events().note(MeshEvent.EDGE_UP, "shm:x", "pricer");
        status.counters().channel("channel").received(7);
        status.times(MeshHistogram.HOP).record(9);
        new DistinctErrorLog(status.errorBuffer(), () -> 7, StandardCharsets.UTF_8).record(new Error("x"));
        final byte[] bytes = new byte[memory.buffer().capacity()];
        memory.buffer().getBytes(0, bytes);
        return bytes;
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(8 << 20, bytes, SnapshotFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final FuzzInput input = new FuzzInput(bytes);
        final byte[] damaged = GOOD.clone();
        final int length = input.below(8) == 0 ? input.below(damaged.length + 1) : damaged.length;
        for (int i = 0; i < PATCHES_MAX && input.hasMore(); i++)
        {
            final int begin = SECTIONS[input.below(SECTIONS.length)] + input.below(2 * StatusLayout.HEADER_LENGTH);
            final byte[] patch = input.bytes(PATCH_MAX);
            System.arraycopy(patch, 0, damaged, begin, Math.min(patch.length, damaged.length - begin));
        }
        try
        {
            read(ByteBuffer.wrap(damaged, 0, length).order(ByteOrder.nativeOrder()));
        }
        catch (final SnapshotReader.DamagedException refused)
        {
            Must.hold(refused.getMessage() != null, "refused without a reason");
        }
    }

    private static void read(final ByteBuffer file)
    {
        final SnapshotReader reader = new SnapshotReader(file);
        final NodeSnapshot node = reader.read(StatusFiles.State.CRASHED,
            file.slice(reader.eventsOffset(), reader.eventsLength()).order(ByteOrder.nativeOrder()));
        Must.within(0, node.counters().size(), StatusConfig.COUNTERS_MAX, "counters");
        Must.within(0, node.events().size(), StatusConfig.EVENTS_MAX, "events");
        Must.within(0, node.errors().size(), GOOD.length, "errors");
        node.times().values().forEach(times -> times.forEach(
            (lowestNs, highestNs, count) -> Must.hold(lowestNs <= highestNs && count > 0, "no bucket")));
    }
}
