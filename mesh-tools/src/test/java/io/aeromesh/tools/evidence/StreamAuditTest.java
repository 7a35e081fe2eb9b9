package io.aeromesh.tools.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.tools.evidence.ReceivedLog.Range;
import io.aeromesh.tools.evidence.ReceivedLog.Received;
import io.aeromesh.tools.evidence.SentLog.Sent;
import io.aeromesh.tools.evidence.SentLog.Session;
import io.aeromesh.tools.evidence.StreamAudit.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamAuditTest
{
    private static final long SENDER = 3;

    @Test
    void shouldAcceptAllOfAnOpenSession()
    {
        final Verdict verdict = judge(sent(100, 0), 100, range(0, 100));

        assertTrue(verdict.isClean(), verdict::toString);
        assertEquals(100, verdict.delivered());
    }

    @Test
    void shouldAcceptThatTheLastAttemptOfAKilledSenderCame()
    {
        final Sent killed = new Sent(101, 100, 0, List.of(), false);

        assertTrue(judge(killed, 100, range(0, 101)).isClean());
        assertTrue(judge(killed, 100, range(0, 100)).isClean());
        assertFalse(judge(killed, 100, range(0, 102)).isClean());
    }

    @Test
    void shouldAcceptAnUnknownRestOfAnEndedSession()
    {
        final Sent sent = sent(100, 60, new Session(0, 40, 60, true));

        assertTrue(judge(sent, 100, range(0, 40), range(60, 100)).isClean());
        assertTrue(judge(sent, 100, range(0, 50), range(60, 100)).isClean());
        assertTrue(judge(sent, 100, range(0, 100)).isClean());
        assertEquals(20, judge(sent, 100, range(0, 100)).unknown());
    }

    @Test
    void shouldFindWhatIsOwedOfAnOpenSession()
    {
        assertEquals(1, judge(sent(100, 0), 100, range(0, 99)).lost());
        assertEquals(100, judge(sent(100, 0), 100).lost());
    }

    @Test
    void shouldFindAHole()
    {
        assertEquals(10, judge(sent(100, 0), 100, range(0, 40), range(50, 100)).lost());
    }

    @Test
    void shouldFindAHoleInWhatIsUnknown()
    {
        final Sent sent = sent(100, 100, new Session(0, 10, 100, true));

        assertEquals(5, judge(sent, 100, range(0, 20), range(25, 30)).lost());
    }

    @Test
    void shouldFindThatAcknowledgedMessagesWereNotDelivered()
    {
        final Sent sent = sent(60, 60, new Session(0, 40, 60, true));

        assertEquals(1, judge(sent, 60, range(0, 39)).lost());
    }

    @Test
    void shouldFindWhatOnlyADeadReceiverHasTwice()
    {
        final Received first = received(range(0, 50));
        final Received second = received(range(40, 100));

        final Verdict verdict = StreamAudit.judge(SENDER, sent(100, 0), List.of(first, second), 100);

        assertEquals(10, verdict.duplicates());
        assertFalse(verdict.isClean());
    }

    @Test
    void shouldFindDeliveryOfWhatWasReportedAsNotConsumed()
    {
        final Sent sent = sent(60, 60, new Session(0, 40, 60, false));

        assertTrue(judge(sent, 60, range(0, 40)).isClean());
        assertEquals(2, judge(sent, 60, range(0, 42)).duplicates());
    }

    @Test
    void shouldFindWhatWasNeverSent()
    {
        assertFalse(judge(sent(10, 0), 10, range(0, 11)).isClean());
        assertFalse(judge(Sent.NOTHING, 0, range(0, 1)).isClean());
    }

    @Test
    void shouldNotBelieveEvidenceThatIsOverfull()
    {
        assertFalse(judge(new Sent(0, 0, 0, List.of(), true), 0).isClean());
    }

    @Test
    void shouldLookAtOneSenderOnly()
    {
        final Received other = received(new Range(SENDER - 1, 0, 70), range(0, 10));

        assertTrue(StreamAudit.judge(SENDER, sent(10, 0), List.of(other), 10).isClean());
    }

    private static Verdict judge(final Sent sent, final long owed, final Range... ranges)
    {
        return StreamAudit.judge(SENDER, sent, List.of(received(ranges)), owed);
    }

    private static Sent sent(final long accepted, final long open, final Session... sessions)
    {
        return new Sent(accepted, accepted, open, List.of(sessions), false);
    }

    private static Range range(final long first, final long next)
    {
        return new Range(SENDER, first, next);
    }

    private static Received received(final Range... ranges)
    {
        final long delivered = Stream.of(ranges).mapToLong(range -> range.next() - range.first()).sum();
        return new Received(delivered, 0, 0, "", List.of(ranges), false);
    }
}
