package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.os.MeshOs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
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
        return Mesh.commandLine().setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err))
            .execute(here(line).split(" "));
    }

    private String here(final String text)
    {
        return text.replace("DIR", temporary.toString()).replace("USER", MeshOs.system().userName());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "node --name a --dir DIR/file; DIR/file': it is no directory",
        "host --name a --dir DIR/file; DIR/file': it is no directory",
        "host --name a --dir DIR/link; DIR/link': it is a symbolic link, name what it leads to",
        "node --name a --dir DIR --edge shm:x?data-length=1000; a power of two from 16384",
        "node --name a --dir DIR --edge shm:x?data-length=many; a power of two from 16384",
        "host --name a --dir DIR --contexts 4097; '4097' is no number of contexts from 1 to 4096",
        "node --name a --dir /proc/none; '/proc/none' does not exist",
        "send --to b/c --dir DIR/file; DIR/file': it is no directory",
        "recv c --dir DIR/file; DIR/file': it is no directory",
        "topology --dir DIR/file; DIR/file': it is no directory",
        "topology --dir DIR/file/x; can not use 'DIR/file': it is no directory",
        "host --name a --dir DIR/file/x; can not use 'DIR/file': it is no directory",
        "ping b --dir DIR; start one, as with: mesh host --name NAME --dir 'DIR'.",
        "ping b --dir DIR/none --mesh m; start one, as with: mesh host --name NAME --dir 'DIR/none' --mesh 'm'.",
        "ping b --dir DIR/open; need mode rwx------ and owner 'USER': chmod 700 'DIR/open'",
        "ping b --dir DIR --host-user nobody; mesh host --name NAME --dir 'DIR' --grant USER",
        "ping b --dir DIR/file; DIR/file': it is no directory",
        "topology --dir DIR --out DIR/none/x; DIR/none' does not exist",
        "topology --dir DIR --out DIR/file/x; Not a directory",
        "demo --keep-logs DIR/file; DIR/file' exists already",
        "node --name a --dir DIR/base --edge aeron:udp?endpoint=127.0.0.1:40917|remote=none.invalid:9; none.invalid"})
    void shouldSayInWordsWhatIsWrong(final String line, final String expected) throws IOException
    {
        Files.createFile(temporary.resolve("file"));
        Files.createSymbolicLink(temporary.resolve("link"), temporary);
        Files.setPosixFilePermissions(
            Files.createDirectory(temporary.resolve("open")), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertNotEquals(CommandLine.ExitCode.OK, execute(line));
        assertFalse(err.toString().contains("Exception") || err.toString().contains("java."), err::toString);
        assertTrue(err.toString().contains(here(expected)), err::toString);
    }

    /** And nothing is made that others may look at. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "host --name= ; --name; name is empty",
        "host --name a/b; --name; 'a/b' has a '/', need a name without",
        "host --name a --grant nosuchuser; --grant; this machine knows no user",
        "host --name a --grant nobody,a/b; --grant; need the name or the uid of a user",
        "host --name a --grant USER; --grant; runs this process itself",
        "node --name a/b; --name; 'a/b' has a '/', need a name without",
        "node --name a --mesh= ; --mesh; name is empty",
        "ping b --name= ; --name; name is empty",
        "ping b --name a:b; --name; 'a:b' has a ':', need a name without",
        "ping b --mesh= ; --mesh; name is empty",
        "ping a/b/c; NODE; need NODE or NODE/CONTEXT",
        "ping b --host-user= ; --host-user; need the name or the uid of a user",
        "ping b --host-user nosuchuser; --host-user; this machine knows no user",
        "ping b --host-user USER; --host-user; runs this process itself",
        "trace /a; NODE; need NODE or NODE/CONTEXT",
        "recv a/b; CHANNEL; 'a/b' has a '/', need a name without",
        "recv a --from= ; --from; name is empty",
        "send --to a/b/c/d; --to; need NODE or NODE/CONTEXT",
        "page --mesh= ; --mesh; name is empty"})
    void shouldRefuseANameAsNotUnderstood(final String line, final String option, final String expected)
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute(line.strip() + " --dir DIR/none"));
        assertTrue(err.toString().lines().toList().get(0).contains(option), err::toString);
        assertTrue(err.toString().contains(expected), err::toString);
        assertFalse(Files.exists(temporary.resolve("none")));
    }

    /** Else a variable that is not set would be the current directory. */
    @ParameterizedTest
    @ValueSource(strings = {"stat", "doctor", "ping b", "node --name a", "page", "driver"})
    void shouldRefuseAnEmptyPath(final String line)
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute(line + " --dir="));
        assertTrue(err.toString().contains("the path is empty"), err::toString);
    }

    /** The launcher opens what is full in its place, so that no other file is taken for it. */
    @Test
    void shouldSayThatStandardOutputIsClosed()
    {
        System.setProperty("mesh.output", "closed");
        try
        {
            assertEquals(CommandLine.ExitCode.SOFTWARE, execute("recv c --dir DIR --timeout 1"));
        }
        finally
        {
            System.clearProperty("mesh.output");
        }
        assertTrue(err.toString().contains("standard output is closed"), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }
}
