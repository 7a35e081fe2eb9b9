package io.aeromesh.bench.cli.tech;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import io.aeromesh.bench.cli.measure.Actor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the hardware can do one way: packed records of equal length, written in place, an 8-byte header and the payload,
 * in a mapped ring. The writer shows how many there are a batch at a time, and the reader how many it has read an
 * eighth of the ring at a time, each in a line of its own. So the reader never looks at a line that is being written.
 * There are no claims, no lengths that differ, no sessions and no other end's death.
 */
final class StreamLimitTechnology implements Technology
{
    private static final int HEADER_LENGTH = SIZE_OF_LONG;
    private static final int WRITTEN_OFFSET = 0;
    private static final int READ_OFFSET = 256;
    private static final int RECORDS_OFFSET = 512;
    private static final int RECORDS_MIN = 64;
    private static final int UNIT = 256;
    private static final int CAPACITY_DEFAULT = 64 * 1024;
    private static final int BATCH_DEFAULT = 32;

    @Override
    public List<String> variants(final Job job)
    {
        final List<String> variants = new ArrayList<>();
        for (final int capacity : new int[] {CAPACITY_DEFAULT, 256 * 1024, 1024 * 1024})
        {
            for (final int batch : new int[] {BATCH_DEFAULT, 128, 8})
            {
                variants.add("capacity=" + Math.max(capacity, RECORDS_MIN * recordLength(job.size())) + " batch=" +
                    batch + " pause=0");
            }
        }
        variants.add("capacity=" + Math.max(CAPACITY_DEFAULT, RECORDS_MIN * recordLength(job.size())) +
            " batch=128 pause=4");
        return variants;
    }

    private static int recordLength(final int size)
    {
        return HEADER_LENGTH + BitUtil.align(size, SIZE_OF_LONG);
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
        final int records;
        final int end;
        final UnsafeBuffer ring;
        private final MappedRegion region;
        private final Job job;

        End(final Site site)
        {
            job = site.job();
            size = job.size();
            recordLength = recordLength(size);
            records = site.variant().get("capacity", CAPACITY_DEFAULT) / recordLength;
            end = RECORDS_OFFSET + records * recordLength;
            region = new MappedRegion(site, "stream", end);
            ring = region.buffer();
        }

        @Override
        public int unit()
        {
            return UNIT;
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
        private final int batch;
        private final UnsafeBuffer message;
        private long written;
        private long limit = records;
        private int offset = RECORDS_OFFSET;

        Writer(final Site site)
        {
            super(site);
            batch = Math.min(records / 2, site.variant().get("batch", BATCH_DEFAULT));
            message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(size, 128));
        }

        @Override
        public long run(final long count)
        {
            long left = count;
            while (left > 0)
            {
                final int now = (int)Math.min(left, batch);
                while (written + now > limit)
                {
                    limit = ring.getLongAcquire(READ_OFFSET) + records;
                }
                if (Words.areQuicker(size))
                {
                    writeWords(now);
                }
                else
                {
                    copy(now);
                }
                ring.putLongRelease(WRITTEN_OFFSET, written);
                left -= now;
            }
            return 0;
        }

        private void writeWords(final int count)
        {
            final UnsafeBuffer to = ring;
            final int length = recordLength;
            final int stop = end;
            int at = offset;
            long value = written;
            for (int i = 0; i < count; i++)
            {
                value++;
                to.putLong(at, length);
                for (int word = HEADER_LENGTH; word < length; word += SIZE_OF_LONG)
                {
                    to.putLong(at + word, value);
                }
                at += length;
                at = at == stop ? RECORDS_OFFSET : at;
            }
            written = value;
            offset = at;
        }

        private void copy(final int count)
        {
            final UnsafeBuffer to = ring;
            final UnsafeBuffer from = message;
            final int payload = size;
            final int stop = end;
            int at = offset;
            long value = written;
            for (int i = 0; i < count; i++)
            {
                value++;
                from.putLong(0, value);
                from.putLong(payload - SIZE_OF_LONG, value);
                to.putLong(at, recordLength);
                to.putBytes(at + HEADER_LENGTH, from, 0, payload);
                at += recordLength;
                at = at == stop ? RECORDS_OFFSET : at;
            }
            written = value;
            offset = at;
        }
    }

    /** The peer. */
    private static final class Reader extends End
    {
        private final int pause;
        private final int eighth;
        private long read;
        private int offset = RECORDS_OFFSET;

        Reader(final Site site)
        {
            super(site);
            pause = site.variant().get("pause", 0);
            eighth = records / 8;
        }

        @Override
        public long run(final long count)
        {
            final long last = read + count;
            long shown = read;
            while (read < last)
            {
                final long written = ring.getLongAcquire(WRITTEN_OFFSET);
                while (read < written)
                {
                    readTo(Math.min(written, read + eighth));
                    if (read - shown >= eighth)
                    {
                        ring.putLongRelease(READ_OFFSET, read);
                        shown = read;
                    }
                }
                Pauses.pause(pause);
            }
            ring.putLongRelease(READ_OFFSET, read);
            return 0;
        }

        private void readTo(final long target)
        {
            final UnsafeBuffer from = ring;
            final int length = recordLength;
            final int firstWord = HEADER_LENGTH;
            final int lastWord = HEADER_LENGTH + size - SIZE_OF_LONG;
            final int stop = end;
            int at = offset;
            long value = read;
            while (value < target)
            {
                value++;
                if (from.getLong(at) != length || from.getLong(at + firstWord) != value ||
                    from.getLong(at + lastWord) != value)
                {
                    throw new IllegalStateException("record " + value + " is not what was written");
                }
                at += length;
                at = at == stop ? RECORDS_OFFSET : at;
            }
            read = value;
            offset = at;
        }
    }
}
