package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * What the shells make of the scripts.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompletionCommandTest
{
    /** Does what the shell does when the tabulator is hit behind the words. */
    private static final String ASK = """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
        _complete_mesh
        printf '%s\\n' "${COMPREPLY[@]}"
        """;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "./mesh topo; topology",
        "mesh topology --fo; --format",
        "mesh topology --format s; svg",
        "mesh send --m; --mode",
        "mesh doctor --j; --json",
        "mesh completion b; bash"})
    void shouldCompleteInBash(final String words, final String expected) throws IOException, InterruptedException
    {
        final Path script = script("bash");

        final List<String> replies = run("bash", "-c", ASK, "ask", script.toString(), words);

        assertTrue(replies.stream().map(String::strip).toList().contains(expected), replies::toString);
    }

    @Test
    void shouldCompleteMeshByName() throws IOException, InterruptedException
    {
        final Path script = script("bash");

        final List<String> replies = run("bash", "-c", "source \"$1\"; complete -p mesh", "ask", script.toString());

        assertTrue(replies.toString().contains("_complete_mesh"), replies::toString);
    }

    @Test
    void shouldBeTakenByZsh() throws IOException, InterruptedException
    {
        final Path script = script("zsh");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")) || Files.isExecutable(Path.of("/bin/zsh")), "no zsh");

        final List<String> replies = run("zsh", "-f", "-c", "source $1; print $_comps[mesh]", "ask", script.toString());

        assertTrue(replies.toString().contains("bash_complete"), replies::toString);
    }

    private Path script(final String shell) throws IOException
    {
        final StringWriter out = new StringWriter();
        assertEquals(CommandLine.ExitCode.OK,
            Mesh.commandLine().setOut(new PrintWriter(out)).execute("completion", shell));
        return Files.writeString(temporary.resolve("completion." + shell), out.toString());
    }

    private static List<String> run(final String... command) throws IOException, InterruptedException
    {
        final int last = command.length - 1;
        final String[] words = command[last].split(" ");
        final String[] all = new String[last + words.length];
        System.arraycopy(command, 0, all, 0, last);
        System.arraycopy(words, 0, all, last, words.length);
        final Process shell = new ProcessBuilder(all).redirectErrorStream(true).start();
        shell.getOutputStream().close();
        final String text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor(), text);
        return text.lines().toList();
    }
}
