package io.aeromesh.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A {@link GuestMain} that another user runs, and what it has said so far.
 */
final class Guest extends JvmProcess
{
    private static final int HEAP_MB = 96;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(40);

    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private Guest(final ProcessBuilder builder, final Path errors)
    {
        super(builder, errors);
        output = new BufferedReader(new InputStreamReader(process().getInputStream(), StandardCharsets.UTF_8));
    }

    static Guest start(final OtherUser user, final Path errors, final String... args)
    {
        return new Guest(user.as(command(HEAP_MB, GuestMain.class, args)), errorFile(errors));
    }

    /**
     * The first line that begins so, while the rest goes on.
     */
    String await(final String beginning, final Runnable meanwhile)
    {
        return await(beginning, line -> line.startsWith(beginning), meanwhile);
    }

    /**
     * The first line that is wanted, while the rest goes on.
     */
    String await(final String what, final Predicate<String> isWanted, final Runnable meanwhile)
    {
        final long startNs = System.nanoTime();
        while (true)
        {
            read();
            final Optional<String> found = lines.stream().filter(isWanted).findFirst();
            if (found.isPresent())
            {
                return found.get();
            }
            if (System.nanoTime() - startNs > DEADLINE_NS)
            {
                throw new AssertionError("awaited '" + what + "' in vain, got " + lines + ", errors " + errors());
            }
            meanwhile.run();
        }
    }

    private void read()
    {
        try
        {
            while (output.ready())
            {
                lines.add(output.readLine());
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    void write(final String line)
    {
        try
        {
            process().getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
            process().getOutputStream().flush();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
