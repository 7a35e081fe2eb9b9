package io.aeromesh.status;

import static io.aeromesh.status.StatusLayout.BUCKETS_OFFSET;
import static io.aeromesh.status.StatusLayout.COUNTERS_MAX_OFFSET;
import static io.aeromesh.status.StatusLayout.ERROR_LENGTH_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENTS_MAX_OFFSET;
import static io.aeromesh.status.StatusLayout.INSTANCE_HIGH_OFFSET;
import static io.aeromesh.status.StatusLayout.INSTANCE_LOW_OFFSET;
import static io.aeromesh.status.StatusLayout.MAGIC;
import static io.aeromesh.status.StatusLayout.MAGIC_OFFSET;
import static io.aeromesh.status.StatusLayout.MESH_LENGTH_OFFSET;
import static io.aeromesh.status.StatusLayout.MESH_OFFSET;
import static io.aeromesh.status.StatusLayout.NAME_LENGTH_OFFSET;
import static io.aeromesh.status.StatusLayout.NAME_OFFSET;
import static io.aeromesh.status.StatusLayout.PROCESS_OFFSET;
import static io.aeromesh.status.StatusLayout.START_OFFSET;
import static io.aeromesh.status.StatusLayout.TIMES_COUNT_OFFSET;
import static io.aeromesh.status.StatusLayout.VERSION;
import static io.aeromesh.status.StatusLayout.VERSION_OFFSET;

import io.aeromesh.StatusConfig;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.StatusMemory;
import io.aeromesh.protocol.NodeIds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * All that a node tells those who watch it: counters, errors, events and times, in memory that is read from outside,
 * also after a crash.
 * <p>
 * <b>Threading:</b> made on the launching thread; then the agent writes, except errors, which any thread may add.
 */
public final class NodeStatus
{
    private final StatusMemory memory;
    private final StatusLayout layout;
    private final StatusConfig config;
    private final NodeCounters counters;
    private final EventLog events;
    private final List<Times> times = new ArrayList<>();
    private volatile CountersReader reader;

    /**
     * Who is told about.
     *
     * @param nodeName     of the node.
     * @param meshName     of its mesh.
     * @param instanceHigh upper half of its instance.
     * @param instanceLow  lower half.
     */
    public record Subject(String nodeName, String meshName, long instanceHigh, long instanceLow)
    {
    }

    /**
     * Lays the memory out and lets others find it.
     *
     * @param subject the node.
     * @param config  how much is told.
     * @param memory  of the length that {@link #length} gives, zeros; closed by who made it.
     * @param os      for the time and the process.
     */
    public NodeStatus(final Subject subject, final StatusConfig config, final StatusMemory memory, final MeshOs os)
    {
        this.memory = memory;
        this.config = config;
        layout = new StatusLayout(config);
        final UnsafeBuffer buffer = memory.buffer();
        counters = new NodeCounters(subject.nodeName(),
            new UnsafeBuffer(buffer, layout.metadataOffset(), layout.valuesOffset() - layout.metadataOffset()),
            new UnsafeBuffer(buffer, layout.valuesOffset(), layout.errorOffset() - layout.valuesOffset()));
        reader = counters.reader();
        events = new EventLog(buffer, layout.eventsOffset(), layout.eventsMax(), os.epochClock());
        for (final MeshHistogram histogram : MeshHistogram.values())
        {
            times.add(new Times(buffer, layout.timesOffset(histogram)));
        }
        writeHeader(subject, buffer, os);
        memory.publish();
    }

    /**
     * Bytes of memory that are needed.
     */
    public static int length(final StatusConfig config)
    {
        return new StatusLayout(config).length();
    }

    private void writeHeader(final Subject subject, final UnsafeBuffer buffer, final MeshOs os)
    {
        buffer.putInt(VERSION_OFFSET, VERSION);
        buffer.putInt(COUNTERS_MAX_OFFSET, layout.countersMax());
        buffer.putInt(ERROR_LENGTH_OFFSET, layout.errorLength());
        buffer.putInt(EVENTS_MAX_OFFSET, layout.eventsMax());
        buffer.putInt(TIMES_COUNT_OFFSET, times.size());
        buffer.putInt(BUCKETS_OFFSET, LogLinear.BUCKETS);
        buffer.putLong(INSTANCE_HIGH_OFFSET, subject.instanceHigh());
        buffer.putLong(INSTANCE_LOW_OFFSET, subject.instanceLow());
        buffer.putLong(PROCESS_OFFSET, os.processId());
        buffer.putLong(START_OFFSET, os.epochClock().time());
        final byte[] name = NodeIds.utf8(subject.nodeName());
        buffer.putInt(NAME_LENGTH_OFFSET, name.length);
        buffer.putBytes(NAME_OFFSET, name);
        final byte[] mesh = NodeIds.utf8(subject.meshName());
        buffer.putInt(MESH_LENGTH_OFFSET, mesh.length);
        buffer.putBytes(MESH_OFFSET, mesh);
        buffer.putLongRelease(MAGIC_OFFSET, MAGIC);
    }

    /**
     * How much is told.
     */
    public StatusConfig config()
    {
        return config;
    }

    /**
     * Counters, to be written.
     */
    public NodeCounters counters()
    {
        return counters;
    }

    /**
     * Counters, to be read by any thread; after {@link #close()} as they were then.
     */
    public CountersReader reader()
    {
        return reader;
    }

    /**
     * Recent events.
     */
    public EventLog events()
    {
        return events;
    }

    /**
     * A distribution of times.
     */
    public Times times(final MeshHistogram histogram)
    {
        return times.get(histogram.ordinal());
    }

    /**
     * Where distinct errors are kept.
     */
    public UnsafeBuffer errorBuffer()
    {
        return new UnsafeBuffer(memory.buffer(), layout.errorOffset(), layout.errorLength());
    }

    /**
     * The node stops by a defect: what is told of it stays.
     */
    public void onFailed(final String nodeName)
    {
        events.note(MeshEvent.NODE_FAILED, nodeName, "");
        memory.keep();
    }

    /**
     * The memory is about to be freed: who asks this process from now on is answered from a copy.
     */
    public void close()
    {
        reader = new CountersReader(
            copy(layout.metadataOffset(), layout.valuesOffset()), copy(layout.valuesOffset(), layout.errorOffset()));
    }

    private UnsafeBuffer copy(final int begin, final int end)
    {
        final UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocate(end - begin));
        copy.putBytes(0, memory.buffer(), begin, end - begin);
        return copy;
    }
}
