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
 * A signal that has changed comes with what it is the signal of.
 */
@JCStressTest
@State
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "nothing has changed")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the mode, the signal not yet")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both")
@Outcome(expect = Expect.FORBIDDEN, desc = "a signal ahead of its change: the end would go on as before for good")
public class GateSignalStress
{
    private final ChannelGate gate = new ChannelGate(Mode.AUTO, Parking.NONE, null);
    private final int before = gate.signal();

    /**
     * Any thread.
     */
    @Actor
    public void change()
    {
        gate.mode(Mode.PROXY);
    }

    /**
     * The end's thread.
     */
    @Actor
    public void look(final II_Result result)
    {
        result.r1 = gate.signal() - before;
        result.r2 = gate.mode() == Mode.PROXY ? 1 : 0;
    }
}
