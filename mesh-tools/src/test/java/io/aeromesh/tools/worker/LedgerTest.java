package io.aeromesh.tools.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * That the demo's checker can fail, in each way that it is there for.
 */
class LedgerTest
{
    private static final long STREAM = 99;
    private static final int LENGTH = 32;

    private final Ledger ledger = new Ledger(STREAM, LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    @Test
    void shouldCountWhatComesInOrder()
    {
        deliver(0, 1, 2, 3);

        assertCounts(4, 0, 0, 0);
    }

    @Test
    void shouldNoticeDuplicate()
    {
        deliver(0, 1, 1, 2, 0);

        assertCounts(3, 2, 0, 0);
    }

    @Test
    void shouldNoticeDisorder()
    {
        deliver(0, 2, 1, 3);

        assertCounts(4, 0, 1, 0);
    }

    @Test
    void shouldNotCountWhatIsLost()
    {
        deliver(0, 1, 5);

        assertCounts(3, 0, 0, 0);
        assertTrue(counts().path("first_fault").asText().startsWith("hole before"), () -> counts().toString());
    }

    @Test
    void shouldNoticeChangedContent()
    {
        Pattern.write(buffer, 0, LENGTH, STREAM, 0);
        buffer.putByte(20, (byte)(buffer.getByte(20) + 1));

        ledger.onMessage(buffer, 0, LENGTH);

        assertCounts(0, 0, 0, 1);
    }

    @Test
    void shouldNoticeOtherLength()
    {
        Pattern.write(buffer, 0, LENGTH + 8, STREAM, 0);

        ledger.onMessage(buffer, 0, LENGTH + 8);

        assertCounts(0, 0, 0, 1);
    }

    @Test
    void shouldNoticeMessageOfOtherStream()
    {
        Pattern.write(buffer, 0, LENGTH, STREAM + 1, 0);

        ledger.onMessage(buffer, 0, LENGTH);

        assertCounts(0, 0, 0, 1);
    }

    @Test
    void shouldFollowLengthsInTheirOrder()
    {
        final Ledger sizes = new Ledger(STREAM, 0, 3, 40);
        final int[] lengths = {0, 3, 40, 0, 3, 40};
        for (int sequence = 0; sequence < lengths.length; sequence++)
        {
            Pattern.write(buffer, 0, lengths[sequence], STREAM, sequence);
            sizes.onMessage(buffer, 0, lengths[sequence]);
        }

        assertEquals(lengths.length, sizes.delivered());
    }

    private void deliver(final long... sequences)
    {
        for (final long sequence : sequences)
        {
            Pattern.write(buffer, 0, LENGTH, STREAM, sequence);
            ledger.onMessage(buffer, 0, LENGTH);
        }
    }

    private void assertCounts(final long delivered, final long duplicates, final long outOfOrder, final long corrupt)
    {
        final ObjectNode counts = counts();
        assertEquals(delivered, counts.path("delivered").asLong(), counts::toString);
        assertEquals(duplicates, counts.path("duplicates").asLong(), counts::toString);
        assertEquals(outOfOrder, counts.path("out_of_order").asLong(), counts::toString);
        assertEquals(corrupt, counts.path("corrupt").asLong(), counts::toString);
    }

    private ObjectNode counts()
    {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        ledger.describe(json);
        return json;
    }
}
