package io.aeromesh.stress;

/**
 * Counts messages numbered from 1, as long as they come whole and in order.
 */
public final class InOrder
{
    private int count;

    /**
     * The next message has come.
     */
    public void on(final int number)
    {
        count = count >= 0 && number == count + 1 ? number : Words.TORN;
    }

    /**
     * How many came, or {@link Words#TORN} when one of them was not the next or not whole.
     */
    public int count()
    {
        return count;
    }
}
