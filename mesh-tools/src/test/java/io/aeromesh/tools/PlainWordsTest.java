package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * What a user has done wrong is said in words, not by the names of Java's exceptions.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlainWordsTest
{
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;

    private int execute(final String line)
    {
        final String[] args = line.replace("DIR", temporary.toString()).split(" ");
        return Mesh.commandLine().setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err))
            .execute(args);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "node --name a --dir DIR/file; DIR/file': it is no directory",
        "host --name a --dir DIR/file; DIR/file': it is no directory",
        "host --name a/b --dir DIR; name='a/b' of a host",
        "host --name a --dir DIR/link; DIR/link': it is a symbolic link, name what it leads to",
        "node --name a --dir DIR --edge shm:x?data-length=1000; a power of two from 16384",
        "node --name a --dir DIR --edge shm:x?data-length=many; a power of two from 16384",
        "ping b --dir DIR --mesh=; meshName is empty",
        "host --name a --dir DIR --contexts 4097; '4097' is no number of contexts from 1 to 4096",
        "node --name a --dir /proc/none; '/proc/none' does not exist",
        "send --to b/c --dir DIR/file; DIR/file': it is no directory",
        "recv c --dir DIR/file; DIR/file': it is no directory",
        "ping b --dir DIR/file; DIR/file': it is no directory",
        "topology --dir DIR --out DIR/none/x; DIR/none' does not exist",
        "topology --dir DIR --out DIR/file/x; Not a directory",
        "demo --keep-logs DIR/file; DIR/file' exists already",
        "node --name a --dir DIR/base --edge aeron:udp?endpoint=127.0.0.1:40917|remote=none.invalid:9; none.invalid"})
    void shouldSayInWordsWhatIsWrong(final String line, final String expected) throws IOException
    {
        Files.createFile(temporary.resolve("file"));
        Files.createSymbolicLink(temporary.resolve("link"), temporary);

        assertNotEquals(CommandLine.ExitCode.OK, execute(line));
        assertFalse(err.toString().contains("Exception") || err.toString().contains("java."), err::toString);
        assertTrue(err.toString().contains(expected.replace("DIR", temporary.toString())), err::toString);
    }

    /** Else a variable that is not set would be the current directory. */
    @ParameterizedTest
    @ValueSource(strings = {"stat", "doctor", "ping b", "node --name a", "page", "driver"})
    void shouldRefuseAnEmptyPath(final String line)
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute(line + " --dir="));
        assertTrue(err.toString().contains("the path is empty"), err::toString);
    }
}
