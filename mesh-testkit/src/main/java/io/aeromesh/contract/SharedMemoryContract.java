package io.aeromesh.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link io.aeromesh.spi.SharedMemoryProvider} owes, for two nodes in one process.
 */
@Timeout(60)
public abstract class SharedMemoryContract
{
    private static final int LENGTH = 10_000;
    private static final long INSTANCE = 1;

    private SharedMemory creator;
    private SharedMemory attacher;

    /**
     * A node that holds its name, and its memory.
     *
     * @param nodeName of the node.
     * @param instance of this start of it, both halves alike.
     * @return memory that lets the name go when it is closed.
     */
    protected abstract SharedMemory open(String nodeName, long instance);

    private SharedMemory open(final String nodeName)
    {
        return open(nodeName, INSTANCE);
    }

    private boolean lives(final String nodeName)
    {
        return attacher.isAlive(nodeName, INSTANCE, INSTANCE);
    }

    /**
     * Lets the node die: its name is free, what it named stays named.
     */
    protected abstract void abandon(SharedMemory memory);

    @BeforeEach
    void openBoth()
    {
        creator = open("creator");
        attacher = open("attacher");
    }

    @AfterEach
    void closeBoth()
    {
        creator.close();
        attacher.close();
    }

    @Test
    void shouldShowZerosAndThenWhatTheOtherWrites()
    {
        try (SharedRegion made = creator.create(LENGTH);
            SharedRegion mapped = attacher.attach("creator", made.id(), LENGTH))
        {
            assertEquals(made.id(), mapped.id());
            assertEquals(LENGTH, made.buffer().capacity());
            assertEquals(LENGTH, mapped.buffer().capacity());
            assertEquals(0, made.buffer().addressOffset() % 4096);
            assertEquals(0, mapped.buffer().addressOffset() % 4096);
            for (int i = 0; i < LENGTH; i++)
            {
                assertEquals(0, mapped.buffer().getByte(i));
            }
            made.buffer().putLong(LENGTH - 8, 7);
            assertEquals(7, mapped.buffer().getLong(LENGTH - 8));
            mapped.buffer().putLong(0, 8);
            assertEquals(8, made.buffer().getLong(0));
        }
    }

    @Test
    void shouldAgreeOnTheToken()
    {
        assertNotEquals(0, creator.token());
        assertEquals(creator.token(), attacher.token());
        assertEquals(creator.scope(), attacher.scope());
    }

    @Test
    void shouldKeepMappingsWhenTheNameGoes()
    {
        final SharedRegion made = creator.create(LENGTH);
        final SharedRegion mapped = attacher.attach("creator", made.id(), LENGTH);
        mapped.unlink(); // not its to take away
        attacher.attach("creator", made.id(), LENGTH).close();

        made.unlink();
        made.unlink();
        requireUnavailable("creator", made.id(), LENGTH);
        made.buffer().putLong(0, 5);
        assertEquals(5, mapped.buffer().getLong(0));

        made.close();
        made.close();
        assertEquals(5, mapped.buffer().getLong(0));
        mapped.close();
        assertEquals(0, mapped.buffer().capacity());
    }

    @Test
    void shouldRefuseWhatIsNotThere()
    {
        try (SharedRegion made = creator.create(LENGTH))
        {
            requireUnavailable("creator", made.id() + 1, LENGTH);
            requireUnavailable("attacher", made.id(), LENGTH);
            requireUnavailable("nobody", made.id(), LENGTH);
            requireUnavailable("creator", made.id(), LENGTH + 8192);
            requireUnavailable("creator", made.id(), -1);
        }
    }

    @Test
    void shouldRefuseToMakeNothing()
    {
        assertThrows(IllegalArgumentException.class, () -> creator.create(0));
        assertThrows(IllegalArgumentException.class, () -> creator.create(-1));
    }

    @Test
    void shouldTakeAllNamesAwayWhenClosed()
    {
        final SharedRegion made = creator.create(LENGTH);
        final SharedRegion mapped = attacher.attach("creator", made.id(), LENGTH);
        creator.close();
        creator.close();
        requireUnavailable("creator", made.id(), LENGTH);
        assertEquals(ErrorCode.NODE_CLOSED, assertThrows(MeshException.class, () -> creator.create(1)).code());
        mapped.buffer().putLong(0, 1);
        assertEquals(1, made.buffer().getLong(0));
        mapped.close();
        made.close();
    }

    @Test
    void shouldTellWhoLives()
    {
        assertTrue(lives("creator"));
        assertTrue(lives("attacher"));
        assertTrue(lives("creator"), "looking must not be letting go");
        assertFalse(lives("nobody"));
        creator.close();
        assertFalse(lives("creator"));
    }

    @Test
    void shouldLookAliveWhileItLingersAlsoBesideAnotherOfItsName()
    {
        final SharedMemory.Lingering first = creator.linger();
        creator.close();
        assertTrue(lives("creator"), "closed, and lingers");
        creator = open("creator", INSTANCE + 1);
        assertTrue(lives("creator"), "its name is another's");
        attacher.sweep("creator");
        assertTrue(lives("creator"), "swept");
        final SharedMemory.Lingering second = creator.linger();
        creator.close();
        attacher.sweep("creator");
        assertTrue(lives("creator"));
        first.close();
        first.close();
        assertFalse(lives("creator"));
        assertTrue(attacher.isAlive("creator", INSTANCE + 1, INSTANCE + 1));
        second.close();
        assertFalse(attacher.isAlive("creator", INSTANCE + 1, INSTANCE + 1));
    }

    @Test
    void shouldTellTheDeadFromOneThatWasRestartedUnderItsName()
    {
        abandon(creator);
        assertFalse(lives("creator"));
        creator = open("creator", INSTANCE + 1);
        assertFalse(lives("creator"), "another instance makes the dead one look alive");
        assertTrue(attacher.isAlive("creator", INSTANCE + 1, INSTANCE + 1));
        assertFalse(attacher.isAlive("creator", INSTANCE + 1, INSTANCE));
        assertFalse(attacher.isAlive("creator", INSTANCE, INSTANCE + 1));
    }

    @Test
    void shouldKeepWhatARestartedNodeMadeWhenItsDeadSelfIsSwept()
    {
        abandon(creator);
        creator = open("creator", INSTANCE + 1);
        try (SharedRegion made = creator.create(LENGTH))
        {
            attacher.sweep("creator");
            attacher.attach("creator", made.id(), LENGTH).close();
        }
    }

    @Test
    void shouldSweepTheDeadAndNobodyElse()
    {
        final SharedRegion made = creator.create(LENGTH);
        attacher.sweep("creator");
        final SharedRegion mapped = attacher.attach("creator", made.id(), LENGTH);
        abandon(creator);
        assertFalse(lives("creator"));
        attacher.attach("creator", made.id(), LENGTH).close();

        attacher.sweep("creator");
        attacher.sweep("nobody");
        requireUnavailable("creator", made.id(), LENGTH);
        mapped.buffer().putLong(0, 3);
        assertEquals(3, mapped.buffer().getLong(0));
        mapped.close();
    }

    @Test
    void shouldDeleteWhatAnEarlierNodeOfThatNameLeft()
    {
        final SharedRegion left = creator.create(LENGTH);
        abandon(creator);
        creator = open("creator");
        requireUnavailable("creator", left.id(), LENGTH);
        try (SharedRegion made = creator.create(LENGTH))
        {
            attacher.attach("creator", made.id(), LENGTH).close();
        }
    }

    private void requireUnavailable(final String node, final long id, final int length)
    {
        assertEquals(ErrorCode.DIRECT_UNAVAILABLE,
            assertThrows(MeshException.class, () -> attacher.attach(node, id, length)).code());
    }
}
