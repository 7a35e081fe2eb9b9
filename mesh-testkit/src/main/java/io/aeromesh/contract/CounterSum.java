package io.aeromesh.contract;

import io.aeromesh.status.MeshCounter;
import org.agrona.concurrent.status.CountersReader;

/**
 * What a node's counters say, for tests.
 */
public final class CounterSum
{
    private CounterSum()
    {
    }

    /**
     * The sum over the node, its edges and its channels. Any thread.
     */
    public static long of(final CountersReader counters, final MeshCounter counter)
    {
        final long[] sum = new long[1];
        counters.forEach((id, typeId, key, label) ->
        {
            if (typeId == counter.id())
            {
                sum[0] += counters.getCounterValue(id);
            }
        });
        return sum[0];
    }
}
