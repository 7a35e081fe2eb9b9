package io.aeromesh.tools.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.tools.stream.StreamReport.End;
import org.junit.jupiter.api.Test;

class StreamReportTest
{
    @Test
    void shouldCountInTheBytesOfTheInput()
    {
        final Acknowledged acknowledged = new Acknowledged();
        acknowledged.onAccepted(24, 10);
        acknowledged.onAccepted(32, 0);
        acknowledged.onAccepted(56, 7);

        acknowledged.onAcknowledged(55);

        assertEquals(2, acknowledged.messages());
        assertEquals(10, acknowledged.bytes());
        assertFalse(acknowledged.isComplete());
        acknowledged.onAcknowledged(56);
        assertEquals(17, acknowledged.bytes());
        assertTrue(acknowledged.isComplete());
    }

    @Test
    void shouldSayWhatIsAcknowledgedAndWhatUnknown()
    {
        final StreamReport report = new StreamReport(true, "store", "logs", End.BROKEN, EndReason.PEER_DIED, 100, 10,
            60, 6, Outcome.UNKNOWN, 2);

        assertEquals("sent 100 bytes in 10 messages to store/logs, then the other end's process has died; " +
            "acknowledged: 60 bytes in 6 messages; outcome unknown: 40 bytes in 4 messages; " +
            "the rest of the input was not sent; 2.00 s, 0.0 MB/s", report.toText());
        assertEquals(60, report.toJson().get("acknowledged_bytes").longValue());
        assertEquals("PEER_DIED", report.toJson().get("reason").textValue());
    }

    @Test
    void shouldSayThatAllIsThere()
    {
        final StreamReport report = new StreamReport(true, "store", "logs", End.COMPLETE, null, 5_000_000, 1,
            5_000_000, 1, Outcome.UNKNOWN, 0.5);

        assertEquals("sent 5000000 bytes in 1 message to store/logs, all acknowledged; 0.50 s, 10.0 MB/s",
            report.toText());
    }
}
