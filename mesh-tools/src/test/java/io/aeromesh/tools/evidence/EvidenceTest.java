package io.aeromesh.tools.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.tools.evidence.ReceivedLog.Range;
import io.aeromesh.tools.evidence.ReceivedLog.Received;
import io.aeromesh.tools.evidence.SentLog.Sent;
import io.aeromesh.tools.evidence.SentLog.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldReadWhatIsBeingWritten()
    {
        final Path file = directory.resolve("a.sent");
        final SentLog log = SentLog.create(file);
        for (long i = 0; i < 10; i++)
        {
            log.onAttempt(i);
            log.onAccepted(i);
        }
        log.onSessionEnded(4, 10, true);
        log.onAttempt(10);

        assertEquals(new Sent(11, 10, 10, List.of(new Session(0, 4, 10, true)), false), SentLog.read(file));
    }

    @Test
    void shouldBeginARangeWithEachSenderAndAfterEachGap()
    {
        final Path file = directory.resolve("a.received");
        final ReceivedLog log = ReceivedLog.create(file);
        for (long i = 0; i < 5; i++)
        {
            log.onMessage(0, i);
        }
        log.onMessage(0, 7);
        log.onMessage(2, 0);

        final Received received = ReceivedLog.read(file);

        assertEquals(List.of(new Range(0, 0, 5), new Range(0, 7, 8), new Range(2, 0, 1)), received.ranges());
        assertEquals(7, received.delivered());
        assertEquals("", received.fault());
    }

    @Test
    void shouldCountWhatComesAgainOrLateOrFromTheDead()
    {
        final Path file = directory.resolve("a.received");
        final ReceivedLog log = ReceivedLog.create(file);
        log.onMessage(1, 0);
        log.onMessage(1, 1);
        log.onMessage(1, 1);
        log.onMessage(1, 0);
        log.onMessage(0, 5);
        log.onCorrupt("wrong");

        final Received received = ReceivedLog.read(file);

        assertEquals(3, received.duplicates());
        assertEquals(1, received.corrupt());
        assertEquals(2, received.delivered());
        assertTrue(received.fault().startsWith("again or late"), received.fault());
    }

    @Test
    void shouldSayWhenThereIsNoRoomForMore()
    {
        final Path file = directory.resolve("a.received");
        final ReceivedLog log = ReceivedLog.create(file);
        for (long i = 0; i < 4_000; i += 2)
        {
            log.onMessage(0, i);
        }

        assertTrue(ReceivedLog.read(file).overfull());
        assertEquals(2_000, ReceivedLog.read(file).delivered());
    }

    @Test
    void shouldReadNothingOfAFileThatIsNotWhole() throws IOException
    {
        final Path file = Files.write(directory.resolve("a.sent"), new byte[] {1, 2, 3});

        assertEquals(Sent.NOTHING, SentLog.read(file));
        assertFalse(ReceivedLog.read(file).overfull());
    }
}
