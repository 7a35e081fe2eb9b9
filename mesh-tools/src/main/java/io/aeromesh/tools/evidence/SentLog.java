package io.aeromesh.tools.evidence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process has sent on one stream: numbered messages, cut into sessions.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none but for reading.
 */
public final class SentLog
{
    private static final int ATTEMPTED = 0;
    private static final int ACCEPTED = 1;
    private static final int FIRST_OF_SESSION = 2;

    private final EvidenceFile file;

    private SentLog(final EvidenceFile file)
    {
        this.file = file;
    }

    /**
     * Makes one for a process of its own.
     *
     * @param path of a file that is not there yet.
     */
    public static SentLog create(final Path path)
    {
        return new SentLog(EvidenceFile.create(path));
    }

    /**
     * Before a message is offered: from now on it may have been accepted.
     */
    public void onAttempt(final long sequence)
    {
        file.word(ATTEMPTED, sequence + 1);
    }

    /**
     * After a message was accepted.
     */
    public void onAccepted(final long sequence)
    {
        file.word(ACCEPTED, sequence + 1);
    }

    /**
     * A session's end was reported.
     *
     * @param acknowledged sequence up to which, not included, the receiver had consumed.
     * @param accepted     sequence up to which messages had been accepted.
     * @param unknown      whether those between may have been consumed; otherwise they were not.
     */
    public void onSessionEnded(final long acknowledged, final long accepted, final boolean unknown)
    {
        file.append(file.word(FIRST_OF_SESSION), acknowledged, accepted, unknown ? 1 : 0);
        file.word(FIRST_OF_SESSION, accepted);
    }

    /**
     * What another process has written.
     */
    public static Sent read(final Path path)
    {
        final EvidenceFile file = EvidenceFile.read(path);
        final List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < file.entries(); i++)
        {
            sessions.add(new Session(file.entry(i, 0), file.entry(i, 1), file.entry(i, 2), file.entry(i, 3) != 0));
        }
        return new Sent(Math.max(file.word(ATTEMPTED), file.word(ACCEPTED)), file.word(ACCEPTED),
            file.word(FIRST_OF_SESSION), sessions, file.isOverfull());
    }

    /**
     * One session that ended: sequences from {@code first}.
     *
     * @param first        sequence of the session.
     * @param acknowledged sequence up to which, not included, it was consumed.
     * @param accepted     sequence up to which, not included, it was accepted.
     * @param unknown      whether what is between may have been consumed.
     */
    public record Session(long first, long acknowledged, long accepted, boolean unknown)
    {
    }

    /**
     * All of one process.
     *
     * @param attempted number of messages offered, of which the last may have been accepted or not.
     * @param accepted  number of messages accepted, at least.
     * @param open      first sequence of the session that has not ended.
     * @param sessions  that have ended, in order.
     * @param overfull  whether some are not in here.
     */
    public record Sent(long attempted, long accepted, long open, List<Session> sessions, boolean overfull)
    {
        /** Of a process that was killed before it sent anything. */
        public static final Sent NOTHING = new Sent(0, 0, 0, List.of(), false);
    }
}
