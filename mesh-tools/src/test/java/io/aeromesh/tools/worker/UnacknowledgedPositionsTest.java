package io.aeromesh.tools.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnacknowledgedPositionsTest
{
    private final UnacknowledgedPositions positions = new UnacknowledgedPositions(4096);

    @Test
    void shouldCountMessagesBehindPosition()
    {
        accept(10, 40);

        assertEquals(10, positions.countBehind(0));
        assertEquals(3, positions.countBehind(280));
        assertEquals(0, positions.countBehind(400));
    }

    @Test
    void shouldCountAfterManyMessages()
    {
        accept(100_000, 8);

        assertEquals(512, positions.countBehind(100_000 * 8L - 4096));
    }

    private void accept(final int count, final int length)
    {
        for (int i = 1; i <= count; i++)
        {
            positions.onAccepted((long)i * length);
        }
    }
}
