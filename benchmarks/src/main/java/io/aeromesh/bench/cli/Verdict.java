package io.aeromesh.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.bench.cli.measure.Measured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the processes of a row say came of it: whichever says something first is believed.
 */
final class Verdict
{
    private final ObjectMapper mapper = new ObjectMapper();
    private final CompletableFuture<Workers.Outcome> outcome = new CompletableFuture<>();
    private final Path directory;
    private final int boundS;

    /**
     * @param directory of the row, where each process leaves what it complained of.
     * @param boundS    seconds after which it is given up.
     */
    Verdict(final Path directory, final int boundS)
    {
        this.directory = directory;
        this.boundS = boundS;
    }

    static Path complaints(final Path directory, final Worker.Ends ends)
    {
        return directory.resolve(ends + ".err");
    }

    /**
     * Listens to a process, in a thread of its own.
     */
    void listenTo(final Process process, final Worker.Ends ends)
    {
        final Thread reader = new Thread(() -> read(process, ends), "from-" + ends);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(final Process process, final Worker.Ends ends)
    {
        try
        {
            for (final String line : process.inputReader(StandardCharsets.UTF_8).lines().toList())
            {
                judge(line);
            }
            final int exitCode = process.waitFor();
            if (exitCode != 0)
            {
                outcome.completeExceptionally(
                    new IllegalStateException(ends + " process ended with exit code " + exitCode));
            }
        }
        catch (final IOException | RuntimeException ex)
        {
            outcome.completeExceptionally(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void judge(final String line) throws IOException
    {
        if (line.startsWith(Worker.MEASURED))
        {
            outcome.complete(new Workers.Outcome(
                mapper.readValue(line.substring(Worker.MEASURED.length()), Measured.class), null));
        }
        else if (line.startsWith(Worker.UNAVAILABLE))
        {
            outcome.complete(new Workers.Outcome(null, "unavailable: " + line.substring(Worker.UNAVAILABLE.length())));
        }
        else if (line.startsWith(Worker.FAILED))
        {
            outcome.complete(new Workers.Outcome(null, "failed: " + line.substring(Worker.FAILED.length())));
        }
    }

    /**
     * Blocks until one has spoken or ended, or a bound passes.
     */
    Workers.Outcome await() throws InterruptedException
    {
        try
        {
            return outcome.get(boundS, TimeUnit.SECONDS);
        }
        catch (final TimeoutException ex)
        {
            return new Workers.Outcome(null, "failed: nothing came of it in " + boundS + " s" + lastWords());
        }
        catch (final ExecutionException ex)
        {
            return new Workers.Outcome(null, "failed: " + ex.getCause().getMessage() + lastWords());
        }
    }

    private String lastWords()
    {
        final StringBuilder text = new StringBuilder();
        for (final Worker.Ends ends : Worker.Ends.values())
        {
            final Path log = complaints(directory, ends);
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
}
