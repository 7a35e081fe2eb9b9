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
    @EnumSource(names = {"USER_REFUSED", "EDGE_REFUSED", "PLACE_FULL"})
    void shouldGoOnWhenSomebodyIsRefusedRightAfterItsLaunch(final ErrorCode code)
    {
        events.onError(new MeshException(code, "planted"));

        assertEquals(0, ends);
        events.onError(new MeshException(ErrorCode.BAD_CONFIG, "planted"));
        assertEquals(1, ends);
    }

    @Test
    void shouldTellARefusalOnceUntilAnEdgeIsUp()
    {
        final MeshException refused = new MeshException(ErrorCode.EDGE_REFUSED, "planted");
        events.onError(refused);
        events.onError(refused);
        assertEquals(1, told("planted"));

        events.onEdgeUp("e", "peer");
        events.onError(refused);
        assertEquals(2, told("planted"));
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
