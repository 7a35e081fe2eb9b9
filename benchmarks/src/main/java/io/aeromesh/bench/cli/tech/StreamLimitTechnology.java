package io.aeromesh.bench.cli.tech;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import io.aeromesh.bench.cli.measure.Actor;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the hardware can do one way: packed records of equal length, an 8-byte header released behind each payload, in a
 * mapped ring. The header is the number of the record, so nothing is ever cleared. The reader shows its position an
 * eighth of the ring at a time, and the writer looks at it as seldom: without that it would write over what was not
 * read. There is nothing
 * else, but that a reader who finds nothing may pause, which keeps it from fighting for each line with the writer.
 */
final class StreamLimitTechnology implements Technology
{
    private static final int HEADER_LENGTH = SIZE_OF_LONG;
    private static final int POSITION_LENGTH = 256;
    private static final int CAPACITY_DEFAULT = 1 << 20;
    private static final int RECORDS_MIN = 64;

    @Override
    public List<String> variants(final Job job)
    {
        return List.of("pause=20 capacity=262144", "pause=0 capacity=262144", "pause=100 capacity=262144",
            "pause=20 capacity=" + CAPACITY_DEFAULT, "pause=20 capacity=16777216");
    }

    @Override
    public Actor open(final Site site)
    {
        return site.isLead() ? new Writer(site) : new Reader(site);
    }

    /** What both ends know of the ring. */
    private abstract static class End implements Actor
    {
        final int size;
        final int recordLength;
        final long records;
        final long eighth;
        final int positionOffset;
        final UnsafeBuffer ring;
        private final MappedRegion region;
        private final Job job;

        End(final Site site)
        {
            job = site.job();
            size = job.size();
            recordLength = HEADER_LENGTH + BitUtil.align(size, SIZE_OF_LONG);
            records = Math.max(RECORDS_MIN, site.variant().get("capacity", CAPACITY_DEFAULT) / recordLength);
            eighth = records / 8;
            positionOffset = BitUtil.align((int)records * recordLength, POSITION_LENGTH);
            region = new MappedRegion(site, "stream", positionOffset + POSITION_LENGTH);
            ring = region.buffer();
        }

        @Override
        public int unit()
        {
            return 256;
        }

        @Override
        public String config()
        {
            return job.variant() + " records of " + recordLength + " B";
        }

        @Override
        public void close()
        {
            region.close();
        }
    }

    /** The lead. */
    private static final class Writer extends End
    {
        private final UnsafeBuffer message;
        private long written;
        private long limit = records;
        private int offset;

        Writer(final Site site)
        {
            super(site);
            message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(size, 128));
        }

        @Override
        public long run(final long count)
        {
            final UnsafeBuffer to = ring;
            final UnsafeBuffer from = message;
            final int length = size;
            final int lastWord = length - SIZE_OF_LONG;
            final int end = (int)records * recordLength;
            int at = offset;
            long value = written;
            for (long i = 0; i < count; i++)
            {
                value++;
                while (value > limit)
                {
                    limit = to.getLongAcquire(positionOffset) + records;
                }
                from.putLong(0, value);
                from.putLong(lastWord, value);
                to.putBytes(at + HEADER_LENGTH, from, 0, length);
                to.putLongRelease(at, value);
                at += recordLength;
                at = at == end ? 0 : at;
            }
            written = value;
            offset = at;
            return 0;
        }
    }

    /** The peer. */
    private static final class Reader extends End
    {
        private final int pause;
        private long read;
        private int offset;

        Reader(final Site site)
        {
            super(site);
            pause = site.variant().get("pause", 0);
        }

        @Override
        public long run(final long count)
        {
            final UnsafeBuffer from = ring;
            final int lastWord = size - SIZE_OF_LONG + HEADER_LENGTH;
            final int end = (int)records * recordLength;
            int at = offset;
            long value = read;
            long shown = read;
            for (long i = 0; i < count; i++)
            {
                value++;
                while (from.getLongAcquire(at) != value)
                {
                    Pauses.pause(pause);
                }
                if (from.getLong(at + HEADER_LENGTH) != value || from.getLong(at + lastWord) != value)
                {
                    throw new IllegalStateException("record " + value + " is not what was written");
                }
                at += recordLength;
                at = at == end ? 0 : at;
                if (value - shown >= eighth)
                {
                    from.putLongRelease(positionOffset, value);
                    shown = value;
                }
            }
            from.putLongRelease(positionOffset, value);
            read = value;
            offset = at;
            return 0;
        }
    }
}
