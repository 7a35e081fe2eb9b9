package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.examples.Documents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Whoever asks a command for help is shown an example that can be copied, and what its exit codes mean.
 */
class HelpTest
{
    /** What is to be typed: broken in two lines it would be something else. */
    private static final Pattern TYPED = Pattern.compile("\\S*\\w[/:?|=]\\w\\S*|\\./\\S+|'\\S+'");
    /** Not those that the machine says, such as the default directory. */
    private static final String VARIABLE = "${";

    static Stream<CommandLine> all()
    {
        return Stream.concat(Stream.of(Mesh.commandLine()), commands());
    }

    static Stream<CommandLine> commands()
    {
        return Mesh.commandLine().getSubcommands().values().stream();
    }

    private static String help(final CommandLine command)
    {
        return command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldShowAnExampleAndExitCodes(final CommandLine command)
    {
        final String help = help(command);

        assertTrue(help.contains("Exit codes:"), help);
        assertTrue(help.contains("Example"), help);
        assertTrue(help.contains("mesh " + command.getCommandName()), help);
        assertEquals(0, help.lines().filter(line -> line.length() > 80).count(), help);
    }

    /** Lines that fit are not broken; one that ends with a backslash goes on in the next. */
    @ParameterizedTest
    @MethodSource("all")
    void shouldShowExamplesThatCanBeCopied(final CommandLine command)
    {
        final String help = help(command);
        final List<String> examples = new ArrayList<>();
        String begun = "";
        for (final String line : command.getCommandSpec().usageMessage().footer())
        {
            assertTrue(!line.startsWith("  ") || help.lines().anyMatch(line::equals), () -> line + " in " + help);
            final String example = begun + line.strip();
            final boolean goesOn = line.endsWith("\\");
            begun = goesOn ? example.substring(0, example.length() - 1) : "";
            if (!goesOn && line.startsWith("  "))
            {
                examples.add(example);
            }
        }

        assertEquals("", begun);
        assertTrue(!examples.isEmpty(), help);
        examples.forEach(HelpTest::understand);
    }

    /** What stands before and behind it is of the shell. */
    private static void understand(final String example)
    {
        final String line = example.replaceAll("^.*?(\\./)?mesh ", "./mesh ").replaceAll("( [<>]|\\)).*$", "");
        assertTrue(line.startsWith("./mesh "), example);
        Mesh.commandLine().parseArgs(Documents.words(line).stream().skip(1).toArray(String[]::new));
    }

    @Test
    void shouldSayOfEachTimeoutWhatZeroMeans()
    {
        final List<String> timeouts = commands().flatMap(one -> one.getCommandSpec().options().stream())
            .filter(option -> option.longestName().equals("--timeout"))
            .map(option -> String.join(" ", option.description())).toList();

        assertTrue(timeouts.size() > 2, timeouts::toString);
        timeouts.forEach(text -> assertTrue(text.contains("; 0: for ever"), text));
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldNotBreakWhatIsToBeTyped(final CommandLine command)
    {
        final String help = help(command);
        final Set<String> shown = Arrays.stream(help.split("\\s+")).collect(Collectors.toSet());
        final CommandSpec spec = command.getCommandSpec();
        final Stream<String> described = Stream.of(
            Stream.of(spec.usageMessage().description()),
            Stream.of(spec.usageMessage().footer()),
            spec.usageMessage().exitCodeList().values().stream(),
            spec.subcommands().values().stream()
                .map(other -> other.getCommandSpec().usageMessage().description()[0]),
            spec.options().stream().filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.description())),
            spec.positionalParameters().stream().flatMap(one -> Stream.of(one.description())))
            .flatMap(texts -> texts);

        described.flatMap(text -> Arrays.stream(text.split("\\s+")))
            .filter(word -> TYPED.matcher(word).matches() && !word.contains(VARIABLE))
            .forEach(word -> assertTrue(shown.contains(word), () -> word + " in " + help));
    }

    @Test
    void shouldKnowWhatIsTyped()
    {
        assertTrue(TYPED.matcher("'shm:visit?peer=gateway'").matches());
        assertTrue(TYPED.matcher("./mesh").matches());
        assertTrue(TYPED.matcher("http://localhost:8480/").matches());
        assertTrue(!TYPED.matcher("full-screen").matches() && !TYPED.matcher("mesh:").matches());
    }
}
