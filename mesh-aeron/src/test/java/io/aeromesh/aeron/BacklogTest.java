package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.spi.PacketHandler.Action;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BacklogTest
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final Backlog backlog = new Backlog(4 * (8 + AeronOptions.FRAME_ALIGNMENT));
    private final List<Long> seen = new ArrayList<>();

    @Test
    void shouldHandOutInOrderAndObeyTheHandler()
    {
        fill();
        assertEquals(0, backlog.poll((packet, offset, length) -> Action.ABORT, 9));
        assertEquals(1, poll(Action.BREAK, 9));
        assertEquals(1, poll(Action.COMMIT, 1));
        assertThrows(IllegalStateException.class, () -> backlog.poll((packet, offset, length) ->
        {
            throw new IllegalStateException("handler");
        }, 9));
        assertEquals(1, poll(Action.CONTINUE, 9));
        assertEquals(List.of(0L, 1L, 3L), seen);
    }

    @Test
    void shouldBeBounded()
    {
        fill();
        assertFalse(backlog.add(buffer, 0, 0));
        assertEquals(1, poll(Action.CONTINUE, 1));
        assertTrue(backlog.add(buffer, 0, 8));
        backlog.clear();
        assertEquals(0, poll(Action.CONTINUE, 9));
        fill();
    }

    private void fill()
    {
        for (long i = 0; i < 4; i++)
        {
            buffer.putLong(16, i);
            assertTrue(backlog.add(buffer, 16, 8));
        }
    }

    private int poll(final Action action, final int limit)
    {
        return backlog.poll((packet, offset, length) ->
        {
            seen.add(packet.getLong(offset));
            return action;
        }, limit);
    }
}
