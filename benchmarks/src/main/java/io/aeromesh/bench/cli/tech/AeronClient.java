package io.aeromesh.bench.cli.tech;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * A client of Aeron, and the driver where this end has it. Both are invoked from the end's polls, so that there is no
 * third busy thread.
 */
final class AeronClient implements AutoCloseable
{
    /** A client that has no driver of its own still has to show that it lives. */
    private static final int CLIENT_EVERY = 4096;
    private static final int EVERY_DEFAULT = 64;

    private final MediaDriver driver;
    private final AgentInvoker driverInvoker;
    private final Aeron aeron;
    private final AgentInvoker clientInvoker;
    private final int every;
    private int polls;
    private int sharers;

    AeronClient(final Site site)
    {
        final Variant variant = site.variant();
        final String who = variant.get("driver", "lead");
        final boolean both = "both".equals(who);
        final boolean thread = "thread".equals(who);
        final boolean here = both || ("peer".equals(who) ? !site.isLead() : site.isLead());
        final String directory = site.directory().resolve(both ? "aeron-" + site.role() : "aeron").toString();
        driver = here ? MediaDriver.launch(context(variant, directory, thread)) : null;
        driverInvoker = here ? driver.sharedAgentInvoker() : null;
        aeron = Aeron.connect(new Aeron.Context()
            .aeronDirectoryName(directory)
            .useConductorAgentInvoker(true)
            .driverAgentInvoker(driverInvoker));
        clientInvoker = aeron.conductorAgentInvoker();
        every = driverInvoker == null ? CLIENT_EVERY : variant.get("every", EVERY_DEFAULT);
    }

    private static MediaDriver.Context context(final Variant variant, final String directory, final boolean thread)
    {
        final int term = variant.get("term", 1 << 20);
        final MediaDriver.Context context = new MediaDriver.Context()
            .aeronDirectoryName(directory)
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .termBufferSparseFile(false)
            .publicationTermBufferLength(term)
            .ipcTermBufferLength(term)
            .initialWindowLength(Math.min(term / 2, 2 * 1024 * 1024))
            .socketRcvbufLength(2 * 1024 * 1024)
            .socketSndbufLength(2 * 1024 * 1024);
        final int mtu = variant.get("mtu", 0);
        if (mtu > 0)
        {
            context.mtuLength(mtu).ipcMtuLength(mtu);
        }
        return thread ?
            context.threadingMode(ThreadingMode.SHARED).sharedIdleStrategy(new SleepingMillisIdleStrategy(1)) :
            context.threadingMode(ThreadingMode.INVOKER);
    }

    Aeron aeron()
    {
        sharers++;
        return aeron;
    }

    /**
     * Polls, or messages sent, between two runs of client and driver.
     */
    int every()
    {
        return every;
    }

    /**
     * Called on each poll.
     */
    void poll()
    {
        if (++polls >= every)
        {
            work();
        }
    }

    void work()
    {
        polls = 0;
        if (driverInvoker != null)
        {
            driverInvoker.invoke();
        }
        clientInvoker.invoke();
    }

    /**
     * Closes with the last of those that share it.
     */
    @Override
    public void close()
    {
        sharers--;
        if (sharers <= 0)
        {
            aeron.close();
            if (driver != null)
            {
                driver.close();
            }
        }
    }
}
