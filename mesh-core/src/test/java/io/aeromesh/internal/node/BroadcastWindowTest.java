package io.aeromesh.internal.node;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BroadcastWindowTest
{
    private final BroadcastWindow window = new BroadcastWindow();

    @Test
    void shouldTakeEachSequenceOnceInAnyOrderWithinTheWindow()
    {
        for (final int sequence : new int[] {10, 12, 11, 75, 13, 74})
        {
            assertTrue(window.isNew(sequence), "first " + sequence);
            assertFalse(window.isNew(sequence), "again " + sequence);
        }
        assertFalse(window.isNew(11), "63 and more behind the highest counts as seen");
    }

    @Test
    void shouldGoOnOverTheEndOfTheSequence()
    {
        assertTrue(window.isNew(Integer.MAX_VALUE));
        assertTrue(window.isNew(Integer.MIN_VALUE));
        assertTrue(window.isNew(Integer.MAX_VALUE - 1));
        assertFalse(window.isNew(Integer.MAX_VALUE));
    }

    @Test
    void shouldForgetWhenTheSourceRestarts()
    {
        window.instance(1, 1);
        assertTrue(window.isNew(100));
        window.instance(1, 2);
        assertTrue(window.isNew(1));
        assertFalse(window.isNew(1));
    }
}
