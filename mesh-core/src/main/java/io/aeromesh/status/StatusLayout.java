package io.aeromesh.status;

import io.aeromesh.StatusConfig;
import io.aeromesh.protocol.NodeIds;
import org.agrona.BitUtil;
import org.agrona.concurrent.status.CountersReader;

/**
 * What lies where in a node's status memory, in the byte order of the host.
 * <pre>
 *      0  magic               written last: before it nothing else counts
 *      8  version of this layout
 *     12  countersMax
 *     16  errorLength
 *     20  eventsMax
 *     24  number of distributions
 *     28  buckets of each
 *     32  instance, upper half
 *     40  instance, lower half
 *     48  process id
 *     56  start, milliseconds of the epoch
 *     64  length of the node's name, 4; length of the mesh's name, 4
 *    128  node's name          UTF-8, at most 128 bytes
 *    256  mesh's name          likewise
 *    512  counters: metadata, then values, as Agrona's CountersManager has them
 *         errors, as Agrona's DistinctErrorLog has them
 *         events, each of 256 bytes:
 *             0  number of the event, from 1 on; written last
 *             8  time, milliseconds of the epoch
 *            16  kind, 4; length of what it is of, 4
 *            24  length of the rest, 4
 *            32  value
 *            40  text: what it is of, and the rest
 *           248  number of the event; written first
 *         distributions, each: sum, largest, 6 words unused, counts of the buckets of {@link LogLinear}
 * </pre>
 */
public final class StatusLayout
{
    /** Its bytes spell AEROMESH on a little-endian host. */
    public static final long MAGIC = 0x4853454D4F524541L;
    /** Of this layout: readers of another refuse it. */
    public static final int VERSION = 1;

    /** Of the magic. */
    public static final int MAGIC_OFFSET = 0;
    /** Of the version. */
    public static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    /** Of the number of counters. */
    public static final int COUNTERS_MAX_OFFSET = VERSION_OFFSET + Integer.BYTES;
    /** Of the length of the error log. */
    public static final int ERROR_LENGTH_OFFSET = COUNTERS_MAX_OFFSET + Integer.BYTES;
    /** Of the number of events. */
    public static final int EVENTS_MAX_OFFSET = ERROR_LENGTH_OFFSET + Integer.BYTES;
    /** Of the number of distributions. */
    public static final int TIMES_COUNT_OFFSET = EVENTS_MAX_OFFSET + Integer.BYTES;
    /** Of the number of buckets. */
    public static final int BUCKETS_OFFSET = TIMES_COUNT_OFFSET + Integer.BYTES;
    /** Of the instance. */
    public static final int INSTANCE_HIGH_OFFSET = BUCKETS_OFFSET + Integer.BYTES;
    /** Of the instance. */
    public static final int INSTANCE_LOW_OFFSET = INSTANCE_HIGH_OFFSET + Long.BYTES;
    /** Of the process id. */
    public static final int PROCESS_OFFSET = INSTANCE_LOW_OFFSET + Long.BYTES;
    /** Of the start. */
    public static final int START_OFFSET = PROCESS_OFFSET + Long.BYTES;
    /** Of the length of the node's name. */
    public static final int NAME_LENGTH_OFFSET = START_OFFSET + Long.BYTES;
    /** Of the length of the mesh's name. */
    public static final int MESH_LENGTH_OFFSET = NAME_LENGTH_OFFSET + Integer.BYTES;
    /** Of the node's name. */
    public static final int NAME_OFFSET = 128;
    /** Of the mesh's name. */
    public static final int MESH_OFFSET = NAME_OFFSET + NodeIds.NAME_LENGTH_MAX;
    /** Behind the header. */
    public static final int HEADER_LENGTH = 512;

    /** Bytes of the error log. */
    public static final int ERROR_LENGTH = 64 * 1024;

    /** Of an event's number. */
    public static final int EVENT_NUMBER_OFFSET = 0;
    /** Of an event's time. */
    public static final int EVENT_TIME_OFFSET = EVENT_NUMBER_OFFSET + Long.BYTES;
    /** Of an event's kind. */
    public static final int EVENT_KIND_OFFSET = EVENT_TIME_OFFSET + Long.BYTES;
    /** Of the length of what an event is of. */
    public static final int EVENT_SUBJECT_LENGTH_OFFSET = EVENT_KIND_OFFSET + Integer.BYTES;
    /** Of the length of the rest. */
    public static final int EVENT_DETAIL_LENGTH_OFFSET = EVENT_SUBJECT_LENGTH_OFFSET + Integer.BYTES;
    /** Of an event's value. */
    public static final int EVENT_VALUE_OFFSET = 32;
    /** Of an event's text. */
    public static final int EVENT_TEXT_OFFSET = EVENT_VALUE_OFFSET + Long.BYTES;
    /** Of an event's number again. */
    public static final int EVENT_BEGUN_OFFSET = 248;
    /** Bytes of an event. */
    public static final int EVENT_LENGTH = 256;
    /** Bytes of text in an event. */
    public static final int EVENT_TEXT_LENGTH = EVENT_BEGUN_OFFSET - EVENT_TEXT_OFFSET;

    /** Of the sum of a distribution. */
    public static final int TIMES_SUM_OFFSET = 0;
    /** Of its largest. */
    public static final int TIMES_MAX_OFFSET = TIMES_SUM_OFFSET + Long.BYTES;
    /** Of its buckets. */
    public static final int TIMES_BUCKETS_OFFSET = BitUtil.CACHE_LINE_LENGTH;
    /** Bytes of a distribution. */
    public static final int TIMES_LENGTH = TIMES_BUCKETS_OFFSET + LogLinear.BUCKETS * Long.BYTES;

    private final int countersMax;
    private final int errorLength;
    private final int eventsMax;

    /**
     * Of a node with that configuration.
     */
    public StatusLayout(final StatusConfig config)
    {
        this(config.countersMax(), ERROR_LENGTH, config.eventsMax());
    }

    /**
     * As a header says it, once that was checked.
     */
    public StatusLayout(final int countersMax, final int errorLength, final int eventsMax)
    {
        this.countersMax = countersMax;
        this.errorLength = errorLength;
        this.eventsMax = eventsMax;
    }

    /**
     * Number of counters.
     */
    public int countersMax()
    {
        return countersMax;
    }

    /**
     * Bytes of the error log.
     */
    public int errorLength()
    {
        return errorLength;
    }

    /**
     * Number of events.
     */
    public int eventsMax()
    {
        return eventsMax;
    }

    /**
     * Of the counters' metadata.
     */
    public int metadataOffset()
    {
        return HEADER_LENGTH;
    }

    /**
     * Of the counters' values.
     */
    public int valuesOffset()
    {
        return metadataOffset() + countersMax * CountersReader.METADATA_LENGTH;
    }

    /**
     * Of the error log.
     */
    public int errorOffset()
    {
        return valuesOffset() + countersMax * CountersReader.COUNTER_LENGTH;
    }

    /**
     * Of the events.
     */
    public int eventsOffset()
    {
        return errorOffset() + errorLength;
    }

    /**
     * Of a distribution.
     */
    public int timesOffset(final MeshHistogram of)
    {
        return eventsOffset() + eventsMax * EVENT_LENGTH + of.ordinal() * TIMES_LENGTH;
    }

    /**
     * Of all, in bytes.
     */
    public int length()
    {
        return eventsOffset() + eventsMax * EVENT_LENGTH + MeshHistogram.values().length * TIMES_LENGTH;
    }
}
