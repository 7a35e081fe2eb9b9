package io.aeromesh.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.NodeConfig;
import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.measure.Rendezvous;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/**
 * Has each row measured by JVMs of its own. Closing ends all that still run and removes their files.
 * <p>
 * <b>Threading:</b> one thread, except {@link #close()}, which any thread may call.
 */
final class Workers implements AutoCloseable
{
    private static final long END_BOUND_S = 10;
    private static final int LEAD_CORE = 0;
    private static final int PEER_CORE = 1;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Path root;
    private final Pinning pinning;
    private final JavaHome java;
    private final ConcurrentLinkedQueue<Process> running = new ConcurrentLinkedQueue<>();
    private int rows;
    private volatile boolean closed;

    /**
     * @param root a directory of this command alone, which is removed at the end.
     * @param java that runs them.
     */
    private Workers(final Path root, final Pinning pinning, final JavaHome java)
    {
        this.java = java;
        this.root = root;
        this.pinning = pinning;
    }

    /**
     * Over a new directory in memory, where files of channels belong; for this user only, as nodes demand. Closed also
     * when this process is told to end.
     */
    static Workers open(final Pinning pinning, final JavaHome java) throws IOException
    {
        final Path parent = NodeConfig.defaultBaseDirectory().toAbsolutePath().getParent();
        final Path root = Files.createTempDirectory(parent, "aeromesh-bench-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final Workers workers = new Workers(root, pinning, java);
        Runtime.getRuntime().addShutdownHook(new Thread(workers::close, "bench-close"));
        return workers;
    }

    JavaHome java()
    {
        return java;
    }

    /**
     * What came of a row: exactly one of the two is there.
     *
     * @param measured or null.
     * @param problem  why not, or null.
     */
    record Outcome(Measured measured, String problem)
    {
    }

    /**
     * Measures a row. Blocks until it is done.
     *
     * @throws InterruptedException also when this was closed meanwhile, as Ctrl-C does.
     */
    Outcome measure(final Job job) throws IOException, InterruptedException
    {
        try
        {
            final Outcome outcome = measureUnlessClosed(job);
            requireOpen();
            return outcome;
        }
        catch (final IOException | RuntimeException ex)
        {
            requireOpen();
            throw ex;
        }
    }

    private void requireOpen() throws InterruptedException
    {
        if (closed)
        {
            throw new InterruptedException("closed");
        }
    }

    private Outcome measureUnlessClosed(final Job job) throws IOException, InterruptedException
    {
        final Path directory = root.resolve(Integer.toString(rows++));
        Files.createDirectory(directory);
        try
        {
            Rendezvous.create(directory);
            final Verdict verdict = new Verdict(directory, job.plan().boundS());
            if (job.mode() != Mode.PROCESSES)
            {
                verdict.listenTo(start(List.of(), Worker.Ends.BOTH, directory, job), Worker.Ends.BOTH);
                return verdict.await();
            }
            final Process peer = start(pinning.prefix(PEER_CORE), Worker.Ends.PEER, directory, job);
            verdict.listenTo(peer, Worker.Ends.PEER);
            verdict.listenTo(start(pinning.prefix(LEAD_CORE), Worker.Ends.LEAD, directory, job), Worker.Ends.LEAD);
            final Outcome outcome = verdict.await();
            if (outcome.measured() != null)
            {
                peer.waitFor(END_BOUND_S, TimeUnit.SECONDS);
            }
            return outcome;
        }
        finally
        {
            endAll();
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private Process start(final List<String> prefix, final Worker.Ends ends, final Path directory, final Job job)
        throws IOException
    {
        final List<String> command = new ArrayList<>(prefix);
        command.addAll(java.command(directory));
        command.add(Worker.class.getName());
        command.add(ends.name());
        command.add(directory.toString());
        command.add(mapper.writeValueAsString(job));
        final Process process = new ProcessBuilder(command)
            .redirectError(Verdict.complaints(directory, ends).toFile())
            .start();
        running.add(process);
        if (closed)
        {
            process.destroyForcibly();
        }
        return process;
    }

    private void endAll()
    {
        Process process = running.poll();
        while (process != null)
        {
            process.destroyForcibly();
            try
            {
                process.waitFor(END_BOUND_S, TimeUnit.SECONDS);
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
            process = running.poll();
        }
    }

    @Override
    public void close()
    {
        closed = true;
        endAll();
        IoUtil.delete(root.toFile(), true);
    }
}
