package io.aeromesh.tools.evidence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process has got of one stream, as ranges without gaps: a new one begins with each other sending process, and
 * wherever a sequence is not the next.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none while messages come in order.
 */
public final class ReceivedLog
{
    private static final int DELIVERED = 0;
    private static final int DUPLICATES = 1;
    private static final int CORRUPT = 2;
    private static final int NEXT_FIELD = 2;

    private final EvidenceFile file;
    private long incarnation = -1;
    private long next;

    private ReceivedLog(final EvidenceFile file)
    {
        this.file = file;
    }

    /**
     * Makes one for a process of its own.
     *
     * @param path of a file that is not there yet.
     */
    public static ReceivedLog create(final Path path)
    {
        return new ReceivedLog(EvidenceFile.create(path));
    }

    /**
     * Enters a message whose bytes are right.
     *
     * @param fromIncarnation of the sending process.
     * @param sequence        of the message.
     */
    public void onMessage(final long fromIncarnation, final long sequence)
    {
        final boolean isSame = fromIncarnation == incarnation;
        if (isSame && sequence < next || fromIncarnation < incarnation)
        {
            file.word(DUPLICATES, file.word(DUPLICATES) + 1);
            fault("again or late: incarnation=" + fromIncarnation + ", sequence=" + sequence + ", expected=" +
                incarnation + '/' + next);
            return;
        }

        if (!isSame || sequence > next)
        {
            file.append(fromIncarnation, sequence, sequence, 0);
            incarnation = fromIncarnation;
        }
        next = sequence + 1;
        file.last(NEXT_FIELD, next);
        file.word(DELIVERED, file.word(DELIVERED) + 1);
    }

    /**
     * Enters a message whose bytes are wrong.
     */
    public void onCorrupt(final String what)
    {
        file.word(CORRUPT, file.word(CORRUPT) + 1);
        fault(what);
    }

    /**
     * What another process has written.
     */
    public static Received read(final Path path)
    {
        final EvidenceFile file = EvidenceFile.read(path);
        final List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < file.entries(); i++)
        {
            ranges.add(new Range(file.entry(i, 0), file.entry(i, 1), file.entry(i, NEXT_FIELD)));
        }
        return new Received(file.word(DELIVERED), file.word(DUPLICATES), file.word(CORRUPT), file.text(), ranges,
            file.isOverfull());
    }

    private void fault(final String what)
    {
        if (file.text().isEmpty())
        {
            file.text(what);
        }
    }

    /**
     * Messages of one sending process that came one after the other.
     *
     * @param incarnation of the sending process.
     * @param first       sequence.
     * @param next        sequence behind the last.
     */
    public record Range(long incarnation, long first, long next)
    {
    }

    /**
     * All of one process.
     *
     * @param delivered  messages that were right.
     * @param duplicates messages that came again, or after their time.
     * @param corrupt    messages with other bytes than were sent.
     * @param fault      first thing that was wrong; empty: nothing.
     * @param ranges     in the order of their coming.
     * @param overfull   whether some are not in here.
     */
    public record Received(
        long delivered, long duplicates, long corrupt, String fault, List<Range> ranges, boolean overfull)
    {
    }
}
