package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeromesh.error.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
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
 * A page that can not be served says why in one line.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageCommandTest
{
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path base;

    private int execute(final String... args)
    {
        return Mesh.commandLine().setErr(new PrintWriter(err)).execute(args);
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException
    {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            assertEquals(CommandLine.ExitCode.SOFTWARE,
                execute("page", "--port", Integer.toString(taken.getLocalPort()), "--dir", base.toString()));
            assertEquals(1, err.toString().lines().count(), err::toString);
            assertTrue(err.toString().contains(ErrorCode.ADDRESS_UNUSABLE.name()), err::toString);
            assertTrue(err.toString().contains("127.0.0.1:" + taken.getLocalPort()), err::toString);
            assertTrue(err.toString().contains("--port 0"), err::toString);
        }
    }

    /** One of those kept for documentation, which no machine has. */
    @Test
    void shouldSayThatTheAddressIsNotOfThisMachine()
    {
        assertEquals(CommandLine.ExitCode.SOFTWARE,
            execute("page", "--unprotected-address", "203.0.113.9", "--port", "0", "--dir", base.toString()));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("203.0.113.9:0"), err::toString);
        assertTrue(err.toString().contains("203.0.113.9:0: it is no address of this machine"), err::toString);
    }

    /** Else it would show nothing for ever, with nothing said. */
    @ParameterizedTest
    @CsvSource({"page, missing, does not exist", "metrics, missing, does not exist", "page, file, is no directory",
        "metrics, file, is no directory", "page, other, is no directory where nodes meet",
        "metrics, other, is no directory where nodes meet"})
    void shouldSayThatNoNodesMeetThere(final String command, final String name, final String expected)
        throws IOException
    {
        Files.createFile(base.resolve("file"));
        Files.createFile(Files.createDirectory(base.resolve("other")).resolve("something"));
        final String directory = base.resolve(name).toString();

        assertEquals(CommandLine.ExitCode.SOFTWARE, execute(command, "--port", "0", "--dir", directory));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains(ErrorCode.DIRECTORY_UNUSABLE.name()), err::toString);
        assertTrue(err.toString().contains("--dir '" + directory + "' " + expected), err::toString);
    }

    /** It goes on with what it can show, here until it finds its port taken. */
    private String saidAtStart(final String command, final String directory) throws IOException
    {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            assertEquals(CommandLine.ExitCode.SOFTWARE,
                execute(command, "--port", Integer.toString(taken.getLocalPort()), "--dir", directory));
        }
        assertEquals(2, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().lines().toList().get(1).contains(ErrorCode.ADDRESS_UNUSABLE.name()), err::toString);
        return err.toString().lines().toList().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "metrics"})
    void shouldSayAtStartThatOthersMayWriteToTheDirectory(final String command) throws IOException
    {
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxrwxrwx"));

        final String said = saidAtStart(command, base.toString());
        assertTrue(said.startsWith("mesh " + command + ": 1020 DIRECTORY_UNUSABLE: --dir '" + base +
            "' has mode rwxrwxrwx, need rwx------"), said);
        assertTrue(said.contains("chmod 700 '" + base + "'"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "metrics"})
    void shouldSayAtStartThatTheDirectoryIsOfAnotherUser(final String command) throws IOException
    {
        final Path other = Files.createDirectory(base.resolve("other"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try
        {
            Files.setOwner(other, FileSystems.getDefault().getUserPrincipalLookupService()
                .lookupPrincipalByName("nobody"));
        }
        catch (final IOException ex)
        {
            assumeTrue(false, "only root can give a directory away");
        }

        final String said = saidAtStart(command, other.toString());
        assertTrue(said.contains("--dir '" + other + "' is of user 'nobody', and this is '"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "metrics"})
    void shouldSayAtStartWhichFileIsDamaged(final String command) throws IOException
    {
        Files.createDirectory(base.resolve("names"));
        final Path damaged = Files.createDirectory(base.resolve("status")).resolve("0123456789abcdef.crashed");
        Files.writeString(damaged, "something else");

        final String said = saidAtStart(command, base.toString());
        assertTrue(said.contains("1045 STATUS_UNREADABLE: can not read '" + damaged + "'"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page --port 0", "metrics --port 0", "stat", "errors", "events"})
    void shouldRefuseADirectoryWithAFileInPlaceOfWhatNodesHaveThere(final String command) throws IOException
    {
        Files.createDirectory(base.resolve("names"));
        Files.createFile(base.resolve("status"));

        assertEquals(CommandLine.ExitCode.SOFTWARE, execute((command + " --dir " + base).split(" ")));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("--dir '" + base + "' holds a 'status' that is no directory"),
            err::toString);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"',
        value = {"--port, 65536, '65536' is no port", "--port, -1, '-1' is no port",
            "--port, x, 'x' is no port", "--unprotected-address, no such, need an address",
            "--unprotected-address, \"\", need an address"})
    void shouldSayWhatIsNotUnderstood(final String option, final String value, final String expected)
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute("page", option, value, "--dir", base.toString()));
        assertTrue(err.toString().contains(expected), err::toString);
    }
}
