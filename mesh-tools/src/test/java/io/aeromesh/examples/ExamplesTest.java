package io.aeromesh.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.NodeConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the examples run, and that the documents show them as they are.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExamplesTest
{
    private static final Path SOURCES = Documents.ROOT.resolve("mesh-tools/src/test/java/io/aeromesh/examples");

    /** The examples meet in the default directory, which another build of the same user must not share. */
    @BeforeEach
    void chooseDirectory(@TempDir final Path directory)
    {
        System.setProperty(NodeConfig.DIRECTORY_PROPERTY, directory.resolve("mesh").toString());
    }

    @AfterEach
    void forgetDirectory()
    {
        System.clearProperty(NodeConfig.DIRECTORY_PROPERTY);
    }

    @Test
    void shouldPassMessageBetweenTwoNodes()
    {
        final PrintStream stdout = System.out;
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try
        {
            TwoNodes.main(new String[0]);
        }
        finally
        {
            System.setOut(stdout);
        }

        assertEquals("gateway says buy 100", printed.toString(UTF_8).strip());
    }

    @Test
    void shouldPassMessagesThroughThreeNodesInOneThread()
    {
        assertEquals(1_000, ThreeNodesOneThread.run(1_000));
    }

    @Test
    void shouldShowTwoNodesInReadme() throws IOException
    {
        assertShown("README.md", between(SOURCES.resolve("TwoNodes.java"), "// readme:begin", "// readme:end"));
    }

    @Test
    void shouldShowThreeNodesInGuide() throws IOException
    {
        assertShown("docs/GUIDE.md",
            between(SOURCES.resolve("ThreeNodesOneThread.java"), "// guide:begin", "// guide:end"));
    }

    @Test
    void shouldJoinContextsOfAHost()
    {
        assertEquals(100, OneNodePerMachine.run());
    }

    @Test
    void shouldShowContextsInGuide() throws IOException
    {
        assertShown("docs/GUIDE.md",
            between(SOURCES.resolve("OneNodePerMachine.java"), "// guide:begin", "// guide:end"));
    }

    @Test
    void shouldAwaitSeveralChannels() throws InterruptedException
    {
        assertEquals(1, SeveralChannels.run());
    }

    @Test
    void shouldShowSeveralChannelsInGuide() throws IOException
    {
        assertShown("docs/GUIDE.md",
            between(SOURCES.resolve("SeveralChannels.java"), "// guide:begin", "// guide:end"));
    }

    @Test
    void shouldHandALeaseOverAndBack()
    {
        assertEquals(43, HandOver.run());
    }

    @Test
    void shouldShowTheLeaseInGuide() throws IOException
    {
        assertShown("docs/GUIDE.md", between(SOURCES.resolve("HandOver.java"), "// guide:begin", "// guide:end"));
    }

    /** The lines between two markers, without their common indent. */
    private static String between(final Path file, final String begin, final String end) throws IOException
    {
        final String text = Files.readString(file);
        final int first = text.indexOf('\n', text.indexOf(begin)) + 1;
        final int last = text.lastIndexOf('\n', text.indexOf(end));
        return text.substring(first, last).stripIndent().strip();
    }

    /** As a whole block of Java. */
    private static void assertShown(final String document, final String example) throws IOException
    {
        final String text = Files.readString(Documents.ROOT.resolve(document));
        assertTrue(text.contains("```java\n" + example + "\n```"), () -> document + " does not show\n" + example);
    }
}
