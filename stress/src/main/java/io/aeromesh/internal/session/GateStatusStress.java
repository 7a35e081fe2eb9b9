package io.aeromesh.internal.session;

import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.os.Parking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Who sees a status sees the particulars that were written before it.
 */
@JCStressTest
@State
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "not connected yet")
@Outcome(id = "0, 8", expect = Expect.ACCEPTABLE, desc = "the particulars, not the status yet")
@Outcome(id = "1, 8", expect = Expect.ACCEPTABLE, desc = "both")
@Outcome(expect = Expect.FORBIDDEN, desc = "a status ahead of its particulars")
public class GateStatusStress
{
    private final ChannelGate gate = new ChannelGate(Mode.AUTO, Parking.NONE, null);

    /**
     * The agent.
     */
    @Actor
    public void publish()
    {
        gate.acknowledgedPosition = 8;
        gate.publish(ChannelGate.CONNECTED);
    }

    /**
     * The end's thread.
     */
    @Actor
    public void look(final II_Result result)
    {
        result.r1 = ChannelGate.state(gate.status());
        result.r2 = (int)gate.acknowledgedPosition;
    }
}
