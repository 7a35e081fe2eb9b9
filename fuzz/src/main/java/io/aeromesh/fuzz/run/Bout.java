package io.aeromesh.fuzz.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One target under the fuzzer, in a process of its own with the flags of this one, as a finding may end the process.
 */
final class Bout
{
    private static final String SANITIZERS = Stream.of("ClojureLangHooks", "Deserialization",
        "ExpressionLanguageInjection", "FilePathTraversal", "LdapInjection", "NamingContextLookup",
        "OsCommandInjection", "ReflectiveCall", "RegexInjection", "RegexRoadblocks", "ScriptEngineInjection",
        "ServerSideRequestForgery", "SqlInjection", "TemplateInjection", "UnsafeSanitizer", "XPathInjection",
        "XmlParserSsrfGuidance")
        .map(name -> "com.code_intelligence.jazzer.sanitizers." + name).collect(Collectors.joining(":"));
    private static final String DRIVER = "com.code_intelligence.jazzer.Jazzer";
    private static final int INPUT_TIMEOUT_S = 10;
    private static final int INPUT_LENGTH_MAX = 2048;
    /** To start, and to write down what was found, beyond the time asked for. */
    private static final int MARGIN_S = 120;
    private static final int SAID_LINES_MAX = 40;
    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: (\\d+)");
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

    private final String className;
    private final String classPath;
    private final Path directory;
    private final Path corpus;

    /**
     * What came of it.
     *
     * @param executions that it ran.
     * @param coverage   as the fuzzer counts it, for people.
     * @param finding    what it says of the input that fails, or empty.
     */
    record Outcome(long executions, String coverage, String finding)
    {
    }

    /**
     * @param className of the target.
     * @param classPath with the target and the fuzzer.
     * @param directory for all that the fuzzer writes.
     */
    Bout(final String className, final String classPath, final Path directory)
    {
        this.className = className;
        this.classPath = classPath;
        this.directory = directory;
        corpus = directory.resolve("corpus");
    }

    Path corpus()
    {
        return corpus;
    }

    /**
     * Looks for inputs that fail, beginning with those of the corpus, to which it adds what reaches new code.
     */
    Outcome fuzz(final int seconds) throws IOException, InterruptedException
    {
        return run(seconds + MARGIN_S, List.of("-max_total_time=" + seconds, corpus.toString()));
    }

    /**
     * Takes from the corpus those inputs that reach all that it reaches, into another directory.
     */
    Outcome minimise(final Path into) throws IOException, InterruptedException
    {
        Files.createDirectories(into);
        return run(10 * MARGIN_S, List.of("-merge=1", into.toString(), corpus.toString()));
    }

    private Outcome run(final int boundS, final List<String> arguments) throws IOException, InterruptedException
    {
        Files.createDirectories(corpus);
        final Path log = directory.resolve("log");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-XX:ErrorFile=" + directory.resolve("crash.log"), "-cp", classPath, DRIVER,
            "--target_class=" + className, "--instrumentation_includes=io.aeromesh.**",
            // what a world is made of is not what is tested
            "--instrumentation_excludes=io.aeromesh.fuzz.node.**:io.aeromesh.sim.**",
            // looks for injections into what the mesh has not: files, expressions, regular expressions
            "--disabled_hooks=" + SANITIZERS, "--reproducer_path=" + directory,
            "-timeout=" + INPUT_TIMEOUT_S, "-max_len=" + INPUT_LENGTH_MAX, "-print_final_stats=1",
            "-artifact_prefix=" + directory.resolve("finding-")));
        command.addAll(arguments);
        final Process process = new ProcessBuilder(command)
            .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        final boolean isDone = process.waitFor(boundS, TimeUnit.SECONDS);
        process.destroyForcibly();
        return outcome(log, !isDone ? "no end after " + boundS + " s" :
            process.exitValue() == 0 ? "" : "exit value " + process.exitValue());
    }

    private static Outcome outcome(final Path log, final String problem) throws IOException
    {
        long executions = 0;
        String coverage = "";
        final List<String> said = new ArrayList<>();
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1))
        {
            for (final String line : (Iterable<String>)lines::iterator)
            {
                final Matcher executed = EXECUTIONS.matcher(line);
                executions = executed.find() ? Long.parseLong(executed.group(1)) : executions;
                final Matcher covered = COVERAGE.matcher(line);
                coverage = covered.find() ? covered.group() : coverage;
                if (!line.startsWith("#") && !line.startsWith("INFO") && said.size() < SAID_LINES_MAX)
                {
                    said.add(line);
                }
            }
        }
        return new Outcome(executions, coverage,
            problem.isEmpty() ? "" : problem + '\n' + String.join("\n", said) + "\nall of it: " + log);
    }
}
