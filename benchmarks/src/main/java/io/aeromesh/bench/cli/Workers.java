package io.aeromesh.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.bench.JvmFlags;
import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.measure.Rendezvous;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.IoUtil;

/**
 * Has each row measured by JVMs of its own. Closing ends all that still run and removes their files.
 * <p>
 * <b>Threading:</b> one thread, except {@link #close()}, which any thread may call.
 */
final class Workers implements AutoCloseable
{
    private static final long BOUND_S = 240;
    private static final long END_BOUND_S = 10;
    private static final int LEAD_CORE = 0;
    private static final int PEER_CORE = 1;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Path root;
    private final Pinning pinning;
    private final ConcurrentLinkedQueue<Process> running = new ConcurrentLinkedQueue<>();
    private int rows;
    private volatile boolean closed;

    /**
     * @param root a directory of this command alone, which is removed at the end.
     */
    Workers(final Path root, final Pinning pinning)
    {
        this.root = root;
        this.pinning = pinning;
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
            if (job.mode() != Mode.PROCESSES)
            {
                return await(start(List.of(), Worker.Ends.BOTH, directory, job), null, directory);
            }
            final Process peer = start(pinning.prefix(PEER_CORE), Worker.Ends.PEER, directory, job);
            final Process lead = start(pinning.prefix(LEAD_CORE), Worker.Ends.LEAD, directory, job);
            return await(lead, peer, directory);
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
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.forThisJava());
        command.addAll(MeasuringFlags.ALL);
        command.add("-Djava.io.tmpdir=" + directory);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Worker.class.getName());
        command.add(ends.name());
        command.add(directory.toString());
        command.add(mapper.writeValueAsString(job));
        final Process process = new ProcessBuilder(command)
            .redirectError(directory.resolve(ends + ".err").toFile())
            .start();
        running.add(process);
        if (closed)
        {
            process.destroyForcibly();
        }
        return process;
    }

    /**
     * Whichever of the two says something first has said what came of the row.
     */
    private Outcome await(final Process lead, final Process peer, final Path directory)
        throws IOException, InterruptedException
    {
        final CompletableFuture<Outcome> verdict = new CompletableFuture<>();
        read(lead, "lead", verdict);
        if (peer != null)
        {
            read(peer, "peer", verdict);
        }
        try
        {
            final Outcome outcome = verdict.get(BOUND_S, TimeUnit.SECONDS);
            if (outcome.measured() != null && peer != null)
            {
                peer.waitFor(END_BOUND_S, TimeUnit.SECONDS);
            }
            return outcome;
        }
        catch (final TimeoutException ex)
        {
            return new Outcome(null, "failed: nothing came of it in " + BOUND_S + " s" + lastWords(directory));
        }
        catch (final ExecutionException ex)
        {
            return new Outcome(null, "failed: " + ex.getCause().getMessage() + lastWords(directory));
        }
    }

    private void read(final Process process, final String name, final CompletableFuture<Outcome> verdict)
    {
        final Thread reader = new Thread(() ->
        {
            try
            {
                for (final String line : process.inputReader(StandardCharsets.UTF_8).lines().toList())
                {
                    judge(line, verdict);
                }
                final int exitCode = process.waitFor();
                if (exitCode != 0)
                {
                    verdict.completeExceptionally(
                        new IllegalStateException(name + " process ended with exit code " + exitCode));
                }
            }
            catch (final IOException | RuntimeException ex)
            {
                verdict.completeExceptionally(ex);
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }, "from-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void judge(final String line, final CompletableFuture<Outcome> verdict) throws IOException
    {
        if (line.startsWith(Worker.MEASURED))
        {
            verdict.complete(
                new Outcome(mapper.readValue(line.substring(Worker.MEASURED.length()), Measured.class), null));
        }
        else if (line.startsWith(Worker.UNAVAILABLE))
        {
            verdict.complete(new Outcome(null, "unavailable: " + line.substring(Worker.UNAVAILABLE.length())));
        }
        else if (line.startsWith(Worker.FAILED))
        {
            verdict.complete(new Outcome(null, "failed: " + line.substring(Worker.FAILED.length())));
        }
    }

    private static String lastWords(final Path directory)
    {
        final StringBuilder text = new StringBuilder();
        for (final Worker.Ends ends : Worker.Ends.values())
        {
            final Path log = directory.resolve(ends + ".err");
            try
            {
                final List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
                text.append(lines.isEmpty() ? "" : "; " + ends + " said: " + lines.get(0));
            }
            catch (final IOException ignore)
            {
                return text.toString();
            }
        }
        return text.toString();
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
