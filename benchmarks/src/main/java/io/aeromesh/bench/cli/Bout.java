package io.aeromesh.bench.cli;

import io.aeromesh.bench.cli.measure.Actor;
import io.aeromesh.bench.cli.measure.LeadEnd;
import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.measure.PeerEnd;
import io.aeromesh.bench.cli.measure.Rendezvous;
import io.aeromesh.bench.cli.measure.Role;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Site;
import io.aeromesh.bench.cli.tech.Technologies;
import io.aeromesh.bench.cli.tech.Technology;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One row, measured in this process: both ends, or one of them.
 */
final class Bout
{
    private final Job job;
    private final Technology technology;
    private final Path directory;

    Bout(final Job job, final Path directory)
    {
        this.job = job;
        this.technology = Technologies.named(job.tech());
        this.directory = directory;
    }

    /**
     * The lead, while the peer is another process.
     */
    Measured lead()
    {
        try (Rendezvous page = new Rendezvous(directory))
        {
            return lead(new Site(job, directory, Role.LEAD, page));
        }
    }

    /**
     * The peer, while the lead is another process.
     */
    void peer()
    {
        try (Rendezvous page = new Rendezvous(directory))
        {
            peer(new Site(job, directory, Role.PEER, page));
        }
    }

    /**
     * Both ends, the peer in a thread of its own.
     *
     * @param onPeerFailure told, by that thread, what the peer failed with; the lead does not notice by itself.
     */
    Measured both(final Consumer<Throwable> onPeerFailure)
    {
        if (job.benchCase() == Case.FOOTPRINT)
        {
            return footprint();
        }
        try (Rendezvous page = new Rendezvous(directory))
        {
            final Site site = new Site(job, directory, Role.LEAD, page);
            final Thread peer = peerThread(site);
            peer.setUncaughtExceptionHandler((thread, error) -> onPeerFailure.accept(error));
            peer.start();
            final Measured measured = lead(site);
            peer.join();
            return measured;
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    private Measured lead(final Site site)
    {
        final Supplier<Actor> opener = () -> technology.open(site);
        return LeadEnd.measure(site.page(), job.plan(), technology.first(job), opener);
    }

    /**
     * The peer of a lead in this process. It maps its own page and lets go of it itself, as nobody ends it when the
     * lead fails: it goes on until it has waited too long, and would read what is mapped no longer.
     */
    Thread peerThread(final Site lead)
    {
        final Thread thread = new Thread(() ->
        {
            try (Rendezvous page = new Rendezvous(directory))
            {
                peer(lead.other(page));
            }
        }, "bench-peer");
        thread.setDaemon(true);
        return thread;
    }

    private void peer(final Site site)
    {
        PeerEnd.serve(site.page(), technology.first(job), () -> technology.open(site));
    }

    /** Nothing is timed there. */
    private Measured footprint()
    {
        try (Actor actor = technology.open(new Site(job, directory, Role.LEAD, null)))
        {
            return Measured.of(actor.footprint(), actor.config());
        }
    }
}
