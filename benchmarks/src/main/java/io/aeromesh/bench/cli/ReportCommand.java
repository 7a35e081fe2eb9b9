package io.aeromesh.bench.cli;

import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.report.Document;
import io.aeromesh.bench.cli.report.Entry;
import io.aeromesh.bench.cli.report.MarkdownReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Regenerates the tables of the documents.
 */
@Command(
    name = "mesh bench report",
    mixinStandardHelpOptions = true,
    description = {"Measures everything that the documents say about speed and puts the tables in their place.",
        "A table stands between a line <!-- bench NAME --> and a line <!-- bench end -->.", ""},
    footerHeading = "%nExample, in the directory of the sources:%n",
    footer = "  mesh bench report --java /usr/lib/jvm/jdk-17 --java /usr/lib/jvm/jdk-25")
final class ReportCommand implements Callable<Integer>
{
    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*: (.*)$");
    private static final String MACHINE = "machine";
    private static final String HEADLINE = "headline";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Documents to change. Default: ${DEFAULT-VALUE}.",
        defaultValue = "docs/PERFORMANCE.md,README.md", split = ",", arity = "0..*")
    private List<Path> files;

    @Option(names = "--java", paramLabel = "HOME",
        description = "A JDK that measures; may be given several times. Default: the one that runs this.")
    private List<Path> homes = List.of();

    @Option(names = "--runs", paramLabel = "N", description = "How often each row is measured. " +
        "Default: ${DEFAULT-VALUE}.")
    private int runs = 5;

    @Option(names = "--quick", description = "For a look: the likeliest configuration of each, and shorter.")
    private boolean quick;

    /**
     * Runs the command.
     *
     * @return exit code.
     */
    static int execute(final String... args)
    {
        final CommandLine line = new CommandLine(new ReportCommand());
        line.setParameterExceptionHandler((ex, given) ->
        {
            line.getErr().println("mesh bench report: " + ex.getMessage());
            line.getErr().println("See: mesh bench report --help");
            line.getErr().flush();
            return CommandLine.ExitCode.USAGE;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException
    {
        final Map<Path, Document> documents = documents();
        final List<JavaHome> javas = javas();
        final Map<String, String> contents = new LinkedHashMap<>();
        final String machine = machine();
        contents.put(MACHINE, machine + ", " + (runs == 1 ? "1 run" : runs + " runs") + ", JDK " +
            javas.stream().map(JavaHome::version).collect(Collectors.joining(" and ")) + ", " +
            LocalDate.now(ZoneOffset.UTC) + (quick ? ", a quick look without tuning of configurations" : "") +
            ":\n\n    " + command());
        int failures = 0;
        final List<Workers> workers = new ArrayList<>();
        try
        {
            for (final JavaHome java : javas)
            {
                workers.add(Workers.open(new Pinning(), java));
            }
            for (final Chapter chapter : chapters(documents))
            {
                final List<Campaign> campaigns = measure(chapter, workers);
                failures += campaigns.stream().mapToInt(Campaign::failures).sum();
                final List<Entry> entries =
                    campaigns.stream().flatMap(campaign -> campaign.entries().stream()).toList();
                final List<String> problems =
                    campaigns.stream().flatMap(campaign -> campaign.problems().stream()).toList();
                contents.put(chapter.text(), MarkdownReport.table(entries, chapter.bases(), problems));
                if (chapter == Chapter.RTT_32)
                {
                    contents.put(HEADLINE,
                        MarkdownReport.headline(entries, machine + ", JDK " + javas.get(0).version(), command()));
                }
            }
        }
        finally
        {
            workers.forEach(Workers::close);
        }
        for (final Map.Entry<Path, Document> document : documents.entrySet())
        {
            Files.writeString(document.getKey(), document.getValue().with(contents));
        }
        return failures == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** The JDKs in turn within each run, so that what changes on the machine meets all. */
    private List<Campaign> measure(final Chapter chapter, final List<Workers> workers)
        throws IOException, InterruptedException
    {
        final PrintWriter progress = spec.commandLine().getErr();
        final List<Campaign> campaigns = workers.stream()
            .map(each -> new Campaign(chapter.request(runs, quick ? Plan.QUICK : Plan.FULL), each, progress)).toList();
        for (int run = 1; run <= runs; run++)
        {
            for (int i = 0; i < campaigns.size(); i++)
            {
                progress.println(chapter.text() + ", JDK " + workers.get(i).java().version());
                campaigns.get(i).run(run);
            }
        }
        return campaigns;
    }

    /** Those that the documents have, and what the headline needs. */
    private static List<Chapter> chapters(final Map<Path, Document> documents)
    {
        final List<String> names = documents.values().stream().flatMap(each -> each.blocks().stream()).toList();
        final List<Chapter> chapters = new ArrayList<>();
        for (final Chapter chapter : Chapter.values())
        {
            if (names.contains(chapter.text()) || chapter == Chapter.RTT_32 && names.contains(HEADLINE))
            {
                chapters.add(chapter);
            }
        }
        return chapters;
    }

    private Map<Path, Document> documents() throws IOException
    {
        final Map<Path, Document> documents = new LinkedHashMap<>();
        for (final Path file : files)
        {
            if (!Files.isRegularFile(file) || !Files.isWritable(file))
            {
                throw new ParameterException(spec.commandLine(),
                    "'" + file + "' is no file that can be written: run this in the directory of the sources");
            }
            try
            {
                final Document document = new Document(file.toString(), Files.readString(file));
                requireKnown(file, document);
                documents.put(file, document);
            }
            catch (final IllegalArgumentException ex)
            {
                throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
            }
        }
        return documents;
    }

    /** Before hours of measuring. */
    private static void requireKnown(final Path file, final Document document)
    {
        final List<String> known = new ArrayList<>(List.of(MACHINE, HEADLINE));
        for (final Chapter chapter : Chapter.values())
        {
            known.add(chapter.text());
        }
        for (final String block : document.blocks())
        {
            if (!known.contains(block))
            {
                throw new IllegalArgumentException(
                    file + " has a block '" + block + "', there are: " + String.join(", ", known));
            }
        }
    }

    private List<JavaHome> javas()
    {
        if (runs < 1 || runs > Request.RUNS_MAX)
        {
            throw new ParameterException(spec.commandLine(),
                "need --runs from 1 to " + Request.RUNS_MAX + ", found " + runs);
        }
        try
        {
            return homes.isEmpty() ? List.of(JavaHome.current()) : homes.stream().map(JavaHome::of).toList();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
        }
    }

    private String command()
    {
        final String javas = homes.isEmpty() ? "" : " --java JDK".repeat(homes.size());
        return "./mesh bench report" + javas + " --runs " + runs + (quick ? " --quick" : "");
    }

    private static String machine() throws IOException
    {
        final Path processors = Path.of("/proc/cpuinfo");
        final Matcher model = MODEL.matcher(Files.isReadable(processors) ? Files.readString(processors) : "");
        return Runtime.getRuntime().availableProcessors() + " processors" +
            (model.find() ? " (" + model.group(1).strip() + ")" : "");
    }
}
