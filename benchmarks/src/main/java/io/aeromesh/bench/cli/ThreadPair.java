package io.aeromesh.bench.cli;

import io.aeromesh.bench.cli.measure.LeadSession;
import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.measure.Rendezvous;
import io.aeromesh.bench.cli.measure.Role;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Mode;
import io.aeromesh.bench.cli.tech.Site;
import io.aeromesh.bench.cli.tech.Technologies;
import io.aeromesh.bench.cli.tech.Technology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;

/**
 * Two threads that exchange messages by a technology in its likeliest configuration, for benchmarks under JMH.
 * <p>
 * <b>Threading:</b> one thread, which is the lead's.
 */
public final class ThreadPair implements AutoCloseable
{
    private final Path directory;
    private final Rendezvous page;
    private final LeadSession session;

    private ThreadPair(final Job job, final Path directory)
    {
        this.directory = directory;
        Rendezvous.create(directory);
        page = new Rendezvous(directory);
        final Site site = new Site(job, directory, Role.LEAD, page);
        new Bout(job, directory).peerThread(site).start();
        final Technology technology = Technologies.named(job.tech());
        session = new LeadSession(page, technology.first(job), () -> technology.open(site));
    }

    /**
     * Connects.
     *
     * @param tech name of a technology of the case {@code rtt}.
     * @param size of a message in bytes.
     */
    public static ThreadPair open(final String tech, final int size) throws IOException
    {
        final Job job = new Job(Case.RTT, tech, Mode.THREADS, size, 1, "", Plan.FULL);
        final String variant = Technologies.named(tech).variants(job).get(0);
        return new ThreadPair(job.variant(variant), Files.createTempDirectory("aeromesh-bench-"));
    }

    /**
     * Sends this many messages there and back, one after the other.
     *
     * @return a value that depends on them.
     */
    public long run(final long count)
    {
        return session.run(count);
    }

    @Override
    public void close()
    {
        session.close();
        page.close();
        IoUtil.delete(directory.toFile(), true);
    }
}
