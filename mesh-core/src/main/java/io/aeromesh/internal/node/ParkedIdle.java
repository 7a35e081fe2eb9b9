package io.aeromesh.internal.node;

import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;

/**
 * Lets a node's agent sleep. After a few cycles without work it arms the wake-ups; the next duty cycle is the last look
 * that {@link io.aeromesh.os.ParkWord} asks for; if that finds nothing either, it sleeps.
 * <p>
 * <b>Threading:</b> agent thread only.
 */
public final class ParkedIdle implements IdleStrategy
{
    /** Duty cycles after the last that had work: what comes soon after it finds the agent awake. */
    private static final int SPINS = 10;
    /** A socket that is ready, and that nobody reads, must not make a spin of it. */
    private static final int FRUITLESS_MAX = 4;
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Parking parking;
    private final NodeAgent agent;
    private final MeshOs os;
    private boolean isArmed;
    private int spins;
    private int fruitless;
    private long seenWakeUps;

    /**
     * @param parking where to sleep.
     * @param agent   that sleeps.
     * @param os      for a nap in its place.
     */
    public ParkedIdle(final Parking parking, final NodeAgent agent, final MeshOs os)
    {
        this.parking = parking;
        this.agent = agent;
        this.os = os;
    }

    @Override
    public void idle(final int workCount)
    {
        if (workCount > 0)
        {
            reset();
        }
        else
        {
            idle();
        }
    }

    @Override
    public void idle()
    {
        if (isArmed)
        {
            sleep();
            return;
        }
        spins++;
        if (spins <= SPINS)
        {
            Thread.onSpinWait();
        }
        else if (parking.isRetired() || fruitless > FRUITLESS_MAX)
        {
            fruitless = 0;
            os.park(NAP_NS);
        }
        else
        {
            isArmed = true;
            parking.arm();
            agent.onArmed();
        }
    }

    private void sleep()
    {
        final long lateNs = parking.park();
        disarm();
        spins = SPINS; // who was woken for nothing sleeps again at once
        agent.onAwake(lateNs);
        fruitless = seenWakeUps == parking.wakeUps() ? 0 : fruitless + 1;
        seenWakeUps = parking.wakeUps();
    }

    @Override
    public void reset()
    {
        disarm();
        spins = 0;
        fruitless = 0;
    }

    private void disarm()
    {
        if (isArmed)
        {
            isArmed = false;
            parking.disarm();
        }
    }

    @Override
    public String alias()
    {
        return "parked";
    }
}
