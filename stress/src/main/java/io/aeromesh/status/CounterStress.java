package io.aeromesh.status;

import io.aeromesh.StatusConfig;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.StatusMemory;
import org.agrona.concurrent.status.CountersReader;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Who reads a counter of a node, which its agent alone writes and without a fence, never sees it go back.
 */
@JCStressTest
@State
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "the second look finds what the first did")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the second look finds more")
@Outcome(expect = Expect.FORBIDDEN, desc = "it went back")
public class CounterStress
{
    /** One for all, as a node's counters are large; one actor at a time writes. */
    private static final NodeCounters COUNTERS = new NodeStatus(new NodeStatus.Subject("stress", "stress", 1, 1),
        StatusConfig.DEFAULT, StatusMemory.onHeap(NodeStatus.length(StatusConfig.DEFAULT)), MeshOs.system()).counters();
    private static final CountersReader READER = COUNTERS.reader();
    private static final int ID = COUNTERS.node(MeshCounter.PACKETS_FORWARDED).id();

    /**
     * The agent.
     */
    @Actor
    public void count()
    {
        COUNTERS.forwarded(1);
        COUNTERS.forwarded(1);
    }

    /**
     * Somebody who looks twice.
     */
    @Actor
    public void look(final I_Result result)
    {
        final long before = READER.getCounterValue(ID);
        result.r1 = Long.compare(READER.getCounterValue(ID), before);
    }
}
