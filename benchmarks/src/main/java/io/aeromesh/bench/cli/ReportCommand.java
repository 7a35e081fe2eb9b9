package io.aeromesh.bench.cli;

import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.report.Documents;
import io.aeromesh.bench.cli.report.Entry;
import io.aeromesh.bench.cli.report.MarkdownReport;
import io.aeromesh.error.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        "A table stands between a line <!-- bench NAME --> and a line <!-- bench end -->. It is replaced as soon as " +
            "all its rows are measured, and as a whole: rows of an earlier command, also of other JDKs or techs, are " +
            "not kept. One that was not measured stays.",
        ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:each table is in its place",
        "1:a row failed, or a table or the headline was left as it was",
        "2:the command line was not understood, or a document has no such table",
        "130:ended by Ctrl-C; tables that were complete are in their place"},
    footerHeading = "%nExamples, in the directory of the sources:%n",
    footer = {
        "  mesh bench report --java /usr/lib/jvm/jdk-17 --java /usr/lib/jvm/jdk-25",
        "  mesh bench report --table rtt-32 --tech limit2,direct,aeron-ipc --runs 3"})
final class ReportCommand implements Callable<Integer>
{
    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*: (.*)$");
    /** Comes with the table {@link Chapter#RTT_32}. */
    private static final String HEADLINE = "headline";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Documents to change. Default: ${DEFAULT-VALUE}.",
        defaultValue = "docs/PERFORMANCE.md,README.md", split = ",", arity = "0..*")
    private List<Path> files;

    @Option(names = "--java", paramLabel = "HOME",
        description = "A JDK that measures; may be given several times. Default: the one that runs this.")
    private List<Path> homes = List.of();

    @Option(names = "--table", paramLabel = "NAME", split = ",",
        description = "Tables to make, by the names of their marks. Default: all that the documents have.")
    private List<String> tables = List.of();

    @Option(names = "--tech", paramLabel = "A,B...",
        description = "What to measure, with --table. Default: what the table is about.")
    private String techs;

    @Option(names = "--runs", paramLabel = "N", description = "How often each row is measured. " +
        "Default: ${DEFAULT-VALUE}.")
    private int runs = 5;

    @Option(names = "--quick", description = "For a look: the likeliest configuration of each, and shorter.")
    private boolean quick;

    private boolean hasHeadline;

    @Override
    public Integer call() throws IOException, InterruptedException
    {
        final Documents documents;
        final Map<Chapter, Request> requests;
        final List<JavaHome> javas;
        try
        {
            documents = new Documents(files, known());
            final List<String> blocks = documents.blocks();
            hasHeadline = blocks.contains(HEADLINE);
            requests = requests(blocks);
            javas = homes.isEmpty() ? List.of(JavaHome.current()) : homes.stream().map(JavaHome::of).toList();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
        }

        final List<Workers> workers = new ArrayList<>();
        boolean complete = true;
        try
        {
            for (final JavaHome java : javas)
            {
                workers.add(Workers.open(new Pinning(), java));
            }
            for (final Map.Entry<Chapter, Request> each : requests.entrySet())
            {
                final List<Campaign> campaigns = measure(each.getKey(), each.getValue(), workers);
                complete &= campaigns.stream().allMatch(campaign -> campaign.failures() == 0);
                // at once, so that whoever ends this has what is complete
                complete &= put(each.getKey(), campaigns, javas, documents);
            }
        }
        finally
        {
            workers.forEach(Workers::close);
        }
        return complete ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static List<String> known()
    {
        return Stream.concat(Arrays.stream(Chapter.values()).map(Chapter::text), Stream.of(HEADLINE)).toList();
    }

    /**
     * Those that were named, or all that the documents have, and what the headline needs.
     *
     * @throws IllegalArgumentException saying in one line what was found and what is allowed.
     */
    private Map<Chapter, Request> requests(final List<String> blocks)
    {
        if (techs != null && tables.isEmpty())
        {
            throw new IllegalArgumentException(
                "--tech needs --table, as each table has techs of its own: such as --table rtt-32 --tech " + techs);
        }
        final Map<String, Chapter> there = new LinkedHashMap<>();
        for (final Chapter chapter : Chapter.values())
        {
            if (blocks.contains(chapter.text()) || chapter == Chapter.RTT_32 && blocks.contains(HEADLINE))
            {
                there.put(chapter.text(), chapter);
            }
        }
        final Map<Chapter, Request> requests = new EnumMap<>(Chapter.class);
        for (final String name : tables.isEmpty() ? there.keySet() : tables)
        {
            final Chapter chapter = there.get(name.trim().toLowerCase(Locale.ROOT));
            if (chapter == null)
            {
                throw new IllegalArgumentException(
                    "no table '" + name + "', the documents have: " + String.join(", ", there.keySet()));
            }
            requests.put(chapter, chapter.request(techs, runs, quick ? Plan.QUICK : Plan.FULL));
        }
        return requests;
    }

    /** The JDKs in turn within each run, so that what changes on the machine meets all. */
    private List<Campaign> measure(final Chapter chapter, final Request request, final List<Workers> workers)
        throws IOException, InterruptedException
    {
        final PrintWriter progress = spec.commandLine().getErr();
        final List<Campaign> campaigns =
            workers.stream().map(each -> new Campaign(request, each, progress)).toList();
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

    /**
     * @return whether all that the documents have of the chapter is new and in its place.
     */
    private boolean put(
        final Chapter chapter, final List<Campaign> campaigns, final List<JavaHome> javas, final Documents documents)
        throws IOException
    {
        final List<Entry> entries = campaigns.stream().flatMap(campaign -> campaign.entries().stream()).toList();
        final List<String> problems = campaigns.stream().flatMap(campaign -> campaign.problems().stream()).toList();
        final Optional<String> table = MarkdownReport.table(entries, chapter.bases(), problems);
        final Map<String, String> contents = new HashMap<>();
        final String origin = origin(chapter, javas);
        table.ifPresent(text -> contents.put(chapter.text(), origin + text));
        if (chapter == Chapter.RTT_32)
        {
            final String machine = machine() + ", JDK " + javas.get(0).version();
            MarkdownReport.headline(entries, machine, command(chapter)).ifPresent(
                text -> contents.put(HEADLINE, text));
        }
        final PrintWriter err = spec.commandLine().getErr();
        try
        {
            documents.replace(contents);
        }
        catch (final IllegalArgumentException | IOException ex)
        {
            // somebody edits the document: hours of other tables are still to come
            err.println(chapter.text() + ": not in its place, " + Reason.of(ex) + "; put it there by hand:");
            contents.forEach((name, text) -> err.println(name + ":\n\n" + text));
            return false;
        }
        err.println(
            chapter.text() + (table.isPresent() ? ": in its place" : ": nothing was measured, so the old one stays"));
        final boolean isHeadlineOld = chapter == Chapter.RTT_32 && !contents.containsKey(HEADLINE) && hasHeadline;
        if (isHeadlineOld)
        {
            err.println(HEADLINE + ": direct, limit2 and aeron-ipc were not measured together, so the old one stays");
        }
        return table.isPresent() && !isHeadlineOld;
    }

    /** Of one table, as the next may be made on another day. */
    private String origin(final Chapter chapter, final List<JavaHome> javas) throws IOException
    {
        return (runs == 1 ? "1 run" : runs + " runs") + ", JDK " +
            javas.stream().map(JavaHome::version).collect(Collectors.joining(" and ")) + ", " +
            LocalDate.now(ZoneOffset.UTC) + ", " + machine() +
            (quick ? ", a quick look without tuning of configurations" : "") +
            ":\n\n    " + command(chapter) + "\n\n";
    }

    private String command(final Chapter chapter)
    {
        return "./mesh bench report" + " --java JDK".repeat(homes.size()) + " --runs " + runs + " --table " +
            chapter.text() + (techs == null ? "" : " --tech " + techs) + (quick ? " --quick" : "");
    }

    private static String machine() throws IOException
    {
        final Path processors = Path.of("/proc/cpuinfo");
        final Matcher model = MODEL.matcher(Files.isReadable(processors) ? Files.readString(processors) : "");
        return Runtime.getRuntime().availableProcessors() + " processors" +
            (model.find() ? " (" + model.group(1).strip() + ")" : "");
    }
}
