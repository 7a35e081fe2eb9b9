package io.aeromesh.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.os.Parking;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class OutboundTest
{
    private static final int WINDOW = 4096;

    private final SendStream stream = new SendStream(WINDOW, Parking.NONE);
    private final Outbound outbound = new Outbound(stream, new SendCursor(), 0);

    /** Found by fuzzing: of a broadcast, all other members then got ranges that none of them takes. */
    @Test
    void shouldNotTakeAnAcknowledgementThatEndsWithinAWord()
    {
        stream.offer(new UnsafeBuffer(new byte[64]), 0, 64);
        outbound.sent(72);

        assertFalse(outbound.onAck(9, 16));
        assertFalse(outbound.onAck(8, 17));
        assertEquals(0, outbound.consumedPosition());
        assertEquals(0, outbound.receivedPosition());

        assertTrue(outbound.onAck(8, 16));
        assertEquals(8, outbound.consumedPosition());
        assertEquals(16, outbound.receivedPosition());
    }

    @Test
    void shouldNotTakeAnAcknowledgementOfWhatWasNeverSent()
    {
        stream.offer(new UnsafeBuffer(new byte[64]), 0, 64);
        outbound.sent(72);

        assertFalse(outbound.onAck(80, 80));
        assertFalse(outbound.onAck(72, 64));
        assertFalse(outbound.onAck(Long.MIN_VALUE, Long.MAX_VALUE & -StreamRecord.ALIGNMENT));
        assertEquals(0, outbound.receivedPosition());
    }
}
