package io.aeromesh.watch;

import static io.aeromesh.status.StatusLayout.BUCKETS_OFFSET;
import static io.aeromesh.status.StatusLayout.COUNTERS_MAX_OFFSET;
import static io.aeromesh.status.StatusLayout.ERROR_LENGTH_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENTS_MAX_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_BEGUN_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_DETAIL_LENGTH_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_KIND_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_LENGTH;
import static io.aeromesh.status.StatusLayout.EVENT_NUMBER_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_SUBJECT_LENGTH_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_TEXT_LENGTH;
import static io.aeromesh.status.StatusLayout.EVENT_TEXT_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_TIME_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_VALUE_OFFSET;
import static io.aeromesh.status.StatusLayout.HEADER_LENGTH;
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
import static io.aeromesh.status.StatusLayout.TIMES_BUCKETS_OFFSET;
import static io.aeromesh.status.StatusLayout.TIMES_COUNT_OFFSET;
import static io.aeromesh.status.StatusLayout.TIMES_LENGTH;
import static io.aeromesh.status.StatusLayout.TIMES_MAX_OFFSET;
import static io.aeromesh.status.StatusLayout.TIMES_SUM_OFFSET;
import static io.aeromesh.status.StatusLayout.VERSION;
import static io.aeromesh.status.StatusLayout.VERSION_OFFSET;

import io.aeromesh.StatusConfig;
import io.aeromesh.os.StatusFiles;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.status.LogLinear;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshEvent;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.status.NodeCounters;
import io.aeromesh.status.StatusLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.BitUtil;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.CountersReader;

/**
 * Takes a copy of a node's status memory apart. Every length in it is checked, and the copy is one whose bounds Java
 * always checks, so that no damage of a file leads out of it.
 */
final class SnapshotReader
{
    private static final int ERROR_LENGTH_MAX = 1 << 20;
    private static final int DISTRIBUTIONS_MAX = 64;

    private final ByteBuffer copy;
    private final StatusLayout layout;
    private final int timesCount;
    private final String nodeName;

    /**
     * What does not fit together, and why.
     */
    static final class DamagedException extends RuntimeException
    {
        private static final long serialVersionUID = 1L;

        DamagedException(final String message)
        {
            super(message);
        }
    }

    /**
     * @param copy of the memory, in the byte order of the host.
     * @throws DamagedException when its header can not be.
     */
    SnapshotReader(final ByteBuffer copy)
    {
        this.copy = copy;
        if (copy.limit() < HEADER_LENGTH || copy.getLong(MAGIC_OFFSET) != MAGIC)
        {
            throw new DamagedException("it is of " + copy.limit() + " bytes and does not begin as one: it is not " +
                "whole yet, or something else");
        }
        require("layout version", copy.getInt(VERSION_OFFSET), VERSION, VERSION);
        require("buckets", copy.getInt(BUCKETS_OFFSET), LogLinear.BUCKETS, LogLinear.BUCKETS);
        layout = new StatusLayout(
            require("counters", copy.getInt(COUNTERS_MAX_OFFSET), StatusConfig.COUNTERS_MIN, StatusConfig.COUNTERS_MAX),
            require("length of errors", copy.getInt(ERROR_LENGTH_OFFSET), 0, ERROR_LENGTH_MAX),
            require("events", copy.getInt(EVENTS_MAX_OFFSET), StatusConfig.EVENTS_MIN, StatusConfig.EVENTS_MAX));
        timesCount = require("distributions", copy.getInt(TIMES_COUNT_OFFSET), 0, DISTRIBUTIONS_MAX);
        final int length = layout.timesOffset(MeshHistogram.DUTY_CYCLE) + timesCount * TIMES_LENGTH;
        require("bytes", copy.limit(), length, Integer.MAX_VALUE);
        nodeName = text(NAME_OFFSET, require("length of the name", copy.getInt(NAME_LENGTH_OFFSET), 1,
            NodeIds.NAME_LENGTH_MAX));
    }

    private static int require(final String what, final int value, final int min, final int max)
    {
        if (value < min || value > max)
        {
            throw new DamagedException(what + "=" + value + ", need " + (min == max ? min : min + " to " + max));
        }
        return value;
    }

    private String text(final int offset, final int length)
    {
        return new String(copy.array(), offset, length, StandardCharsets.UTF_8);
    }

    /**
     * All of it.
     *
     * @param state       of the node.
     * @param laterEvents a second copy of the events: what differs was being written.
     */
    NodeSnapshot read(final StatusFiles.State state, final ByteBuffer laterEvents)
    {
        final String mesh = text(MESH_OFFSET, require("length of the mesh's name", copy.getInt(MESH_LENGTH_OFFSET), 1,
            NodeIds.NAME_LENGTH_MAX));
        return new NodeSnapshot(nodeName, mesh, state, copy.getLong(INSTANCE_HIGH_OFFSET),
            copy.getLong(INSTANCE_LOW_OFFSET), copy.getLong(PROCESS_OFFSET), copy.getLong(START_OFFSET), counters(),
            errors(), events(laterEvents), times());
    }

    /**
     * Where the events are.
     */
    int eventsOffset()
    {
        return layout.eventsOffset();
    }

    /**
     * Bytes of the events.
     */
    int eventsLength()
    {
        return layout.eventsMax() * EVENT_LENGTH;
    }

    private List<CounterValue> counters()
    {
        final List<CounterValue> all = new ArrayList<>();
        for (int i = 0; i < layout.countersMax(); i++)
        {
            final int at = layout.metadataOffset() + i * CountersReader.METADATA_LENGTH;
            final int state = copy.getInt(at);
            if (state == CountersReader.RECORD_UNUSED)
            {
                break;
            }
            final MeshCounter counter = MeshCounter.of(copy.getInt(at + CountersReader.TYPE_ID_OFFSET));
            if (state == CountersReader.RECORD_ALLOCATED && counter != null)
            {
                final int length = require("length of a counter's label", copy.getInt(at + CountersReader.LABEL_OFFSET),
                    0, CountersReader.MAX_LABEL_LENGTH);
                final String label = text(at + CountersReader.LABEL_OFFSET + Integer.BYTES, length);
                all.add(new CounterValue(counter, NodeCounters.owner(label, counter, nodeName),
                    copy.getLong(layout.valuesOffset() + i * CountersReader.COUNTER_LENGTH)));
            }
        }
        return List.copyOf(all);
    }

    private List<NotedError> errors()
    {
        final List<NotedError> all = new ArrayList<>();
        final int end = layout.errorOffset() + layout.errorLength();
        int at = layout.errorOffset();
        while (at + DistinctErrorLog.ENCODED_ERROR_OFFSET <= end)
        {
            final int length = copy.getInt(at + DistinctErrorLog.LENGTH_OFFSET);
            if (length == 0)
            {
                break;
            }
            require("length of an error", length, DistinctErrorLog.ENCODED_ERROR_OFFSET, end - at);
            all.add(new NotedError(copy.getInt(at + DistinctErrorLog.OBSERVATION_COUNT_OFFSET),
                copy.getLong(at + DistinctErrorLog.FIRST_OBSERVATION_TIMESTAMP_OFFSET),
                copy.getLong(at + DistinctErrorLog.LAST_OBSERVATION_TIMESTAMP_OFFSET),
                text(at + DistinctErrorLog.ENCODED_ERROR_OFFSET, length - DistinctErrorLog.ENCODED_ERROR_OFFSET)));
            at += BitUtil.align(length, DistinctErrorLog.RECORD_ALIGNMENT);
        }
        return List.copyOf(all);
    }

    private List<NotedEvent> events(final ByteBuffer later)
    {
        final List<NotedEvent> all = new ArrayList<>();
        for (int i = 0; i < layout.eventsMax(); i++)
        {
            final int at = layout.eventsOffset() + i * EVENT_LENGTH;
            final long number = copy.getLong(at + EVENT_NUMBER_OFFSET);
            final boolean isWhole = number != 0 && number == copy.getLong(at + EVENT_BEGUN_OFFSET) &&
                copy.slice(at, EVENT_LENGTH).equals(later.slice(i * EVENT_LENGTH, EVENT_LENGTH));
            final MeshEvent kind = MeshEvent.of(copy.getInt(at + EVENT_KIND_OFFSET));
            if (isWhole && kind != null)
            {
                final int subject = require("length of an event's text",
                    copy.getInt(at + EVENT_SUBJECT_LENGTH_OFFSET), 0, EVENT_TEXT_LENGTH);
                final int detail = require("length of an event's text",
                    copy.getInt(at + EVENT_DETAIL_LENGTH_OFFSET), 0, EVENT_TEXT_LENGTH - subject);
                all.add(new NotedEvent(number, copy.getLong(at + EVENT_TIME_OFFSET), kind,
                    text(at + EVENT_TEXT_OFFSET, subject), text(at + EVENT_TEXT_OFFSET + subject, detail),
                    copy.getLong(at + EVENT_VALUE_OFFSET)));
            }
        }
        all.sort(Comparator.comparingLong(NotedEvent::number));
        return List.copyOf(all);
    }

    private Map<MeshHistogram, TakenTimes> times()
    {
        final Map<MeshHistogram, TakenTimes> all = new EnumMap<>(MeshHistogram.class);
        for (final MeshHistogram histogram : MeshHistogram.values())
        {
            final long[] counts = new long[LogLinear.BUCKETS];
            long sumNs = 0;
            long maxNs = 0;
            if (histogram.ordinal() < timesCount)
            {
                final int at = layout.timesOffset(histogram);
                sumNs = copy.getLong(at + TIMES_SUM_OFFSET);
                maxNs = copy.getLong(at + TIMES_MAX_OFFSET);
                copy.slice(at + TIMES_BUCKETS_OFFSET, LogLinear.BUCKETS * Long.BYTES).order(copy.order())
                    .asLongBuffer().get(counts);
            }
            all.put(histogram, new TakenTimes(counts, sumNs, maxNs));
        }
        return all;
    }
}
