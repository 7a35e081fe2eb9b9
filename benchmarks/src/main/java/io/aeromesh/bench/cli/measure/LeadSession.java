package io.aeromesh.bench.cli.measure;

import java.util.function.Supplier;

/**
 * A lead whose operations another harness times, such as JMH.
 * <p>
 * <b>Threading:</b> one thread.
 */
public final class LeadSession implements AutoCloseable
{
    private static final Actor NOTHING = count -> 0;

    private final Rendezvous rendezvous;
    private final Actor lead;

    /**
     * Sets up, and returns when both ends can start.
     *
     * @throws Unavailable saying why it can not be measured.
     */
    public LeadSession(final Rendezvous rendezvous, final Role first, final Supplier<Actor> opener)
    {
        this.rendezvous = rendezvous;
        lead = PeerEnd.connect(rendezvous, Role.LEAD, first, opener);
    }

    /**
     * Has both ends do this many operations.
     */
    public long run(final long count)
    {
        rendezvous.command(Rendezvous.Command.RUN, count, lead);
        final long excludedNs = lead.run(count);
        rendezvous.awaitDone(lead);
        return excludedNs;
    }

    @Override
    public void close()
    {
        rendezvous.command(Rendezvous.Command.END, 0, lead);
        lead.close();
        rendezvous.awaitDone(NOTHING);
    }
}
