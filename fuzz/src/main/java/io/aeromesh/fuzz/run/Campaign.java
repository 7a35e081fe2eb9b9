package io.aeromesh.fuzz.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.agrona.IoUtil;

/**
 * The command: fuzzes some targets or all, and says what came of it. Exit value 0 without a finding, 1 with, 2 where
 * the command can not be understood.
 */
public final class Campaign
{
    private static final String USAGE = "usage: .ci/fuzz [--seconds N] [--at-once N] [--keep] [TARGET...]\n" +
        "  --seconds N   for each target, from 1 to 86400; default 5\n" +
        "  --at-once N   processes, from 1 to 64; default 2\n" +
        "  --keep        keeps what reaches new code: writes the corpus anew, minimised\n" +
        "  TARGET        of " + Target.ALL;
    private static final int SECONDS_MAX = 86_400;
    private static final int AT_ONCE_MAX = 64;

    private final Path kept;
    private final Path work;
    private final List<Target> targets = new ArrayList<>();
    private int seconds = 5;
    private int atOnce = 2;
    private boolean isKept;

    private Campaign(final Path kept, final Path work)
    {
        this.kept = kept;
        this.work = work;
    }

    /**
     * @param args directory of the archives, directory to work in, and what the command was given.
     */
    public static void main(final String[] args)
    {
        final Campaign campaign = new Campaign(Path.of(args[0]), Path.of(args[1]));
        try
        {
            campaign.parse(args);
        }
        catch (final IllegalArgumentException ex)
        {
            System.err.println(ex.getMessage() + '\n' + USAGE);
            System.exit(2);
        }
        try
        {
            System.exit(campaign.run() ? 0 : 1);
        }
        catch (final IOException | InterruptedException | ExecutionException ex)
        {
            System.err.println("can not go on: " + ex);
            System.exit(1);
        }
    }

    private void parse(final String[] args)
    {
        for (int i = 2; i < args.length; i++)
        {
            switch (args[i])
            {
                case "--seconds" -> seconds = number(args, ++i, SECONDS_MAX);
                case "--at-once" -> atOnce = number(args, ++i, AT_ONCE_MAX);
                case "--keep" -> isKept = true;
                default -> targets.add(target(args[i]));
            }
        }
        if (targets.isEmpty())
        {
            targets.addAll(Target.ALL);
        }
    }

    private static int number(final String[] args, final int index, final int max)
    {
        final String text = index < args.length ? args[index] : "";
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > max)
        {
            throw new IllegalArgumentException(args[index - 1] + " is '" + text + "', need from 1 to " + max);
        }
        return Integer.parseInt(text);
    }

    private static Target target(final String name)
    {
        return Target.ALL.stream().filter(each -> each.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no target '" + name + "'"));
    }

    private boolean run() throws IOException, InterruptedException, ExecutionException
    {
        System.out.printf("%-16s %14s %10s  %s%n", "target", "executions", "each s", "reached");
        final ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try
        {
            final List<Future<Bout.Outcome>> outcomes = new ArrayList<>();
            for (final Target target : targets)
            {
                outcomes.add(threads.submit(() -> fuzz(target)));
            }
            long executions = 0;
            int findings = 0;
            for (int i = 0; i < outcomes.size(); i++)
            {
                final Bout.Outcome outcome = outcomes.get(i).get();
                executions += outcome.executions();
                findings += outcome.finding().isEmpty() ? 0 : 1;
                System.out.printf(Locale.ROOT, "%-16s %14d %10d  %s%n", targets.get(i), outcome.executions(),
                    outcome.executions() / seconds, outcome.coverage());
                System.out.print(outcome.finding().isEmpty() ? "" : "FOUND: " + outcome.finding() + '\n');
            }
            System.out.printf("%d executions, %d findings%n", executions, findings);
            return findings == 0;
        }
        finally
        {
            threads.shutdownNow();
        }
    }

    private Bout.Outcome fuzz(final Target target) throws IOException, InterruptedException
    {
        final Path directory = work.resolve(target.name());
        final Path archive = kept.resolve(target.name() + ".zip");
        final Bout bout = new Bout(
            target.type().getName(), System.getProperty("java.class.path"), directory);
        if (Files.exists(directory))
        {
            IoUtil.delete(directory.toFile(), false);
        }
        Corpus.unpack(archive, bout.corpus());
        final Bout.Outcome outcome = bout.fuzz(seconds);
        if (isKept && outcome.finding().isEmpty())
        {
            final Path least = directory.resolve("least");
            final Bout.Outcome merge = bout.minimise(least);
            if (!merge.finding().isEmpty())
            {
                return merge;
            }
            Corpus.pack(least, archive);
        }
        return outcome;
    }
}
