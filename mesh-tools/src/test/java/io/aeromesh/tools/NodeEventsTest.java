package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.CachedNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which errors end the process of a node in the foreground.
 */
class NodeEventsTest
{
    private final StringWriter out = new StringWriter();
    private final CachedNanoClock clock = new CachedNanoClock();
    private int ends;
    private final NodeEvents events =
        new NodeEvents(new PrintWriter(out), () -> ends++, clock);

    private MeshException hour(final ErrorCode code)
    {
        clock.update(TimeUnit.HOURS.toNanos(1));
        final MeshException error = new MeshException(code, "planted");
        events.onError(error);
        return error;
    }

    /** Else who starts it again, or stands by for it, would wait for the end of a process whose node is no more. */
    @Test
    void shouldEndWhenTheNodeHasStoppedByADefectLongAfterItsLaunch()
    {
        final MeshException error = hour(ErrorCode.INVARIANT_BROKEN);

        assertEquals(1, ends);
        assertSame(error, events.fatal());
    }

    /** Whom it refuses as soon as it runs must not end it, and who refuses it may do otherwise the next time. */
    @ParameterizedTest
    @EnumSource(names = {"USER_REFUSED", "EDGE_REFUSED", "PLACE_FULL", "NAME_TAKEN", "NODE_ID_COLLISION", "TABLE_FULL"})
    void shouldGoOnWhenSomebodyIsRefusedRightAfterItsLaunch(final ErrorCode code)
    {
        events.onError(new MeshException(code, "planted"));

        assertEquals(0, ends);
        events.onError(new MeshException(ErrorCode.BAD_CONFIG, "planted"));
        assertEquals(1, ends);
    }

    /** Else its user reads of a process that has ended that it goes on. */
    @Test
    void shouldNotSayThatItGoesOnAfterWhatEndsIt()
    {
        hour(ErrorCode.EDGE_REFUSED);
        hour(ErrorCode.INVARIANT_BROKEN);
        hour(ErrorCode.PROTOCOL_VIOLATION);

        assertEquals(2, told("planted"));
        assertEquals(1, told("goes on"));
    }

    /** It has no routes any more, and whoever starts it learns that at once. */
    @Test
    void shouldEndWhenItsNameIsGivenUpRightAfterItsLaunch()
    {
        events.onError(new MeshException(ErrorCode.NAME_WITHDRAWN, "planted"));

        assertEquals(1, ends);
    }

    @ParameterizedTest
    @EnumSource(names = {"EDGE_REFUSED", "NAME_TAKEN", "PROTOCOL_VIOLATION"})
    void shouldTellAnErrorOnceInTenMinutesWhateverEdgesComeUp(final ErrorCode code)
    {
        final MeshException error = hour(code);
        events.onEdgeUp("e", "peer");
        clock.update(clock.nanoTime() + TimeUnit.MINUTES.toNanos(10) - 1);
        events.onError(error);
        assertEquals(1, told("planted"));

        clock.update(clock.nanoTime() + 1);
        events.onError(error);
        assertEquals(2, told("planted"));
    }

    @Test
    void shouldSayWhenStrangersFillWhatItRemembersAndGoOnWithOtherErrors()
    {
        for (int i = 0; i < 100; i++)
        {
            events.onError(new MeshException(ErrorCode.NAME_TAKEN, "planted " + i));
        }
        assertEquals(16, told("planted"));
        assertEquals(1, told("see mesh errors"));

        events.onError(new MeshException(ErrorCode.EDGE_REFUSED, "of another kind"));
        assertEquals(1, told("of another kind"));
        clock.update(TimeUnit.MINUTES.toNanos(10));
        events.onError(new MeshException(ErrorCode.NAME_TAKEN, "planted anew"));
        assertEquals(1, told("planted anew"));
    }

    private long told(final String text)
    {
        return out.toString().lines().filter(line -> line.contains(text)).count();
    }

    @Test
    void shouldGoOnWhenSomebodyElseIsWrongLongAfterItsLaunch()
    {
        hour(ErrorCode.EDGE_REFUSED);

        assertEquals(0, ends);
        assertNull(events.fatal());
        assertTrue(out.toString().contains("EDGE_REFUSED"), out::toString);
    }
}
