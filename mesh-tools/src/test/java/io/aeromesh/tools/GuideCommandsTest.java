package io.aeromesh.tools;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.examples.Documents;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/**
 * Every command of README and guide is understood as it stands there, and is run by a test.
 */
class GuideCommandsTest
{
    private static final String SESSION = "io.aeromesh.system.GuideSessionTest#";
    private static final String TALK = SESSION + "shouldTalkAsTheGuideSays";
    private static final String WATCH = SESSION + "shouldWatchAsTheGuideSays";
    private static final String SYSTEM = "io.aeromesh.system.";
    private static final String PAGE = SYSTEM + "PageTest#shouldShowTheMeshAndForgetAKilledNode";
    private static final String DEMO = "io.aeromesh.tools.demo.DemoSystemTest#shouldLoseNothingAndLeaveNothing";
    private static final String TORTURE =
        "io.aeromesh.tools.torture.TortureSystemTest#shouldLoseNothingAndLeaveNothing";
    private static final String TAKEOVER = SYSTEM + "TakeoverTest#shouldGoOnUnderTheNextHostOfTheName";
    private static final String DRIVER = "io.aeromesh.tools.LaunchErrorsTest#shouldRefuseSecondDriver";

    /**
     * Who runs it: a test, or a script and what stands in it. Others than {@link #SESSION} have addresses, files or
     * times of their own.
     */
    private static final Map<String, String> RUN_BY = Map.ofEntries(
        entry("./mesh demo", DEMO),
        entry("mvn verify", ".ci/run: clean verify"),
        entry("mvn -DskipTests -pl mesh-tools -am package", ".ci/test-launcher: builds what is missing"),
        entry("./mesh page", PAGE),
        entry("./mesh simulate", ".ci/run: ./mesh simulate --seeds"),
        entry("./mesh host --name alpha --edge 'aeron:udp?endpoint=hostA:40100|remote=hostB:40100'", TAKEOVER),
        entry("./mesh host --name alpha … --standby", TAKEOVER),
        entry("./mesh host", TAKEOVER),
        entry("./mesh host --name NAME", TAKEOVER),
        entry("./mesh host --name alpha --idle parked", SESSION + "shouldHostAsTheGuideSays"),
        entry("./mesh host --name beta --edge 'aeron:udp?join=hostA:40300|listen=hostB:40300' --peers /var/lib/mesh",
            SYSTEM + "RememberedPlacesTest#shouldComeBackWithoutABootstrap"),
        entry("./mesh driver", DRIVER),
        entry("./mesh driver --dir DIR", DRIVER),
        entry("./mesh host --name beta", TALK),
        entry("./mesh recv orders", TALK),
        entry("echo 'buy 100' | ./mesh send --to beta/orders", TALK),
        entry("./mesh recv orders > copy", TALK),
        entry("./mesh send --to beta/orders < file", TALK),
        entry("./mesh ping beta -c 5 -i 0.2", TALK),
        entry("./mesh trace beta/visitor-1", TALK),
        entry("./mesh topology --format svg --out mesh.svg", TALK),
        entry("./mesh topology", TALK),
        entry("./mesh ping beta --name me --edge 'shm:visit?peer=gateway'", WATCH),
        entry("./mesh doctor", WATCH),
        entry("source <(./mesh completion bash)", WATCH),
        entry("./mesh stat gateway", WATCH),
        entry("./mesh errors gateway --stack", WATCH),
        entry("./mesh events", WATCH),
        entry("./mesh errors", WATCH),
        entry("./mesh events --follow", WATCH),
        entry("./mesh top", "io.aeromesh.tools.watch.TopTest#shouldEndByQAndRestoreTheTerminal"),
        entry("./mesh metrics", "io.aeromesh.tools.watch.MetricsServerTest#shouldServeWhatAParserReads"),
        entry("./mesh metrics --port 9464", "io.aeromesh.tools.watch.MetricsServerTest#shouldServeWhatAParserReads"),
        entry("./mesh torture", TORTURE),
        entry("./mesh torture --minutes 10", TORTURE),
        entry("./mesh torture --minutes 1 --only kill-relay,cut", TORTURE),
        entry("systemd-analyze verify deploy/mesh-host@.service",
            "io.aeromesh.tools.HostUnitTest#shouldBeUnderstoodBySystemd"));

    /** Of other jars, whose own tests hold what the documents say: {@code BenchCommandTest}. */
    private static final String BENCH = "./mesh bench";

    static Stream<String> commands()
    {
        return Documents.commands().stream().filter(command -> !command.startsWith(BENCH));
    }

    static Stream<String> commandsOfMesh()
    {
        return commands().filter(command -> command.contains("./mesh "));
    }

    @ParameterizedTest
    @MethodSource("commandsOfMesh")
    void shouldBeUnderstood(final String command)
    {
        understand(command);
    }

    /** What is named and not shown, as {@code ./mesh host}, need not be whole. */
    private static void understand(final String command)
    {
        final List<String> words = Documents.words(command);
        final CommandLine mesh = Mesh.commandLine();
        try
        {
            mesh.parseArgs(words.stream().skip(1).filter(word -> !word.equals("…")).toArray(String[]::new));
        }
        catch (final MissingParameterException ex)
        {
            if (words.size() > 2 || !mesh.getSubcommands().containsKey(words.get(1)))
            {
                throw ex;
            }
        }
    }

    @Test
    void shouldNameATestForEachCommandAndNoOther()
    {
        assertEquals(new TreeSet<>(commands().toList()), new TreeSet<>(RUN_BY.keySet()));
    }

    @Test
    void shouldNameTestsThatThereAre() throws ClassNotFoundException
    {
        for (final String runner : new TreeSet<>(RUN_BY.values()))
        {
            final int colon = runner.indexOf(": ");
            if (colon > 0)
            {
                assertTrue(Documents.text(runner.substring(0, colon)).contains(runner.substring(colon + 2)), runner);
            }
            else
            {
                final String[] parts = runner.split("#");
                assertTrue(Arrays.stream(Class.forName(parts[0]).getDeclaredMethods()).anyMatch(
                    method -> method.getName().equals(parts[1]) &&
                        AnnotationSupport.isAnnotated(method, Testable.class)),
                    runner);
            }
        }
    }

    /** What the session runs, it takes from the documents word by word. */
    @Test
    void shouldFindInTheSessionWhatItIsSaidToRun()
    {
        final String source =
            Documents.text("mesh-tools/src/test/java/io/aeromesh/system/GuideSessionTest.java");
        RUN_BY.forEach((command, runner) -> assertTrue(
            !runner.startsWith(SESSION) || source.contains('"' + command + '"'), () -> "not run: " + command));
    }

    @Test
    void shouldNotUnderstandAnOptionThatThereIsNot()
    {
        assertThrows(ParameterException.class, () -> understand("./mesh ping beta --cuont 5"));
        assertThrows(ParameterException.class, () -> understand("./mesh host --name alpha … --stand-by"));
        assertThrows(ParameterException.class, () -> understand("./mesh host --idle parked"));
        assertThrows(ParameterException.class, () -> understand("./mesh pong"));
    }

    @Test
    void shouldFindCommandsInDocuments()
    {
        final String document = """
            Text with `./mesh page` and `./mesh host --name
            alpha`, and `stat`.

            ```
            ./mesh demo    # a comment
            mvn verify
            ```

            ```java
            ./mesh not();
            ```
            """;

        assertEquals(List.of("./mesh demo", "mvn verify", "./mesh page", "./mesh host --name alpha"),
            Documents.commandsOf(document));
        assertEquals(List.of("./mesh", "node", "--edge", "shm:a?peer=b|cost=3", "-x"),
            Documents.words("./mesh node --edge 'shm:a?peer=b|cost=3' -x > file"));
        assertFalse(Documents.commands().isEmpty());
        assertNotEquals(0, commands().count());
    }
}
