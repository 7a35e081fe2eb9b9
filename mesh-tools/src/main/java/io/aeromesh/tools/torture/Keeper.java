package io.aeromesh.tools.torture;

import io.aeromesh.tools.process.Progress;
import io.aeromesh.tools.process.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes down what is done, and keeps that and what the workers wrote when something went wrong.
 * <p>
 * <b>Threading:</b> main thread.
 */
final class Keeper
{
    private static final String EVENTS = "events.log";

    private final Workspace workspace;
    private final Progress progress;
    private Path kept;

    Keeper(final Workspace workspace, final Progress progress)
    {
        this.workspace = workspace;
        this.progress = progress;
    }

    /**
     * A line of what happens.
     */
    void log(final String line)
    {
        append(workspace.root(), EVENTS, line);
        if (kept != null)
        {
            append(kept, EVENTS, line);
        }
    }

    /**
     * Where the evidence is; null: nothing went wrong so far.
     */
    Path kept()
    {
        return kept;
    }

    /**
     * Copies logs, events and evidence to a directory that outlives the run.
     *
     * @param diagnostics what each process last said.
     */
    void keep(final List<String> diagnostics)
    {
        try
        {
            if (kept == null)
            {
                kept = Files.createTempDirectory("mesh-torture-");
            }
            for (final String part : List.of("evidence", "logs", "tmp"))
            {
                copy(workspace.root().resolve(part), Files.createDirectories(kept.resolve(part)));
            }
            Files.copy(workspace.root().resolve(EVENTS), kept.resolve(EVENTS), StandardCopyOption.REPLACE_EXISTING);
            list();
            diagnostics.forEach(line -> append(kept, "processes.txt", line));
        }
        catch (final IOException ex)
        {
            progress.line("can not keep the evidence: " + ex);
        }
    }

    /**
     * What is in shared memory.
     */
    private void list() throws IOException
    {
        try (Stream<Path> files = Files.walk(workspace.root().resolve("m")))
        {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).sorted()
                .forEach(file -> append(kept, "files.txt", file.toFile().length() + " " + file));
        }
    }

    private static void copy(final Path from, final Path to) throws IOException
    {
        try (Stream<Path> files = Files.list(from))
        {
            for (final Path file : files.filter(Files::isRegularFile).toList())
            {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void append(final Path directory, final String name, final String line)
    {
        try
        {
            Files.writeString(directory.resolve(name), line + System.lineSeparator(), StandardCharsets.UTF_8,
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        catch (final IOException ex)
        {
            progress.line("can not write " + name + ": " + ex);
        }
    }
}
