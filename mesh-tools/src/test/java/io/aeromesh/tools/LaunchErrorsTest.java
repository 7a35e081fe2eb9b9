package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.aeron.DriverLauncher;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.os.MeshOs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A node that can not be launched says why in one line, and ends.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaunchErrorsTest
{
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;
    private Path directory;

    @BeforeEach
    void chooseDirectory()
    {
        directory = temporary.resolve("base");
    }

    @Test
    void shouldRefuseTakenName()
    {
        try (MeshNode gateway = MeshNode.launch(NodeConfig.named("gateway").baseDirectory(directory)))
        {
            assertRefused(ErrorCode.NAME_TAKEN, gateway.name(), "node", "--name", "gateway");
        }
    }

    /** A node that is no host has nobody to wait for. */
    @Test
    void shouldNameTheStandbyToWhoStartsAHostAgain()
    {
        try (MeshNode gateway = MeshNode.launch(NodeConfig.named("gateway").baseDirectory(directory));
            MeshNode alpha = MeshNode.launch(NodeConfig.named("alpha").baseDirectory(directory).hosting()))
        {
            assertRefused(ErrorCode.NAME_TAKEN, "with --standby", "host", "--name", alpha.name());
            err.getBuffer().setLength(0);
            assertRefused(ErrorCode.NAME_TAKEN, gateway.name(), "host", "--name", gateway.name());
            assertFalse(err.toString().contains("--standby"), err::toString);
        }
    }

    /** Of a visitor it is why nobody came, with the name that it was given itself. */
    @Test
    void shouldNameItsMeshWhereTheOtherEndIsInAnother()
    {
        try (MeshNode gateway = MeshNode.launch(
            NodeConfig.named("gateway").baseDirectory(directory).edge("shm:visit")))
        {
            assertEquals(CommandLine.ExitCode.SOFTWARE, mesh().execute("ping", gateway.name(), "--name", "a",
                "--mesh", "other", "--edge", "shm:visit", "--timeout", "2", "--dir", directory.toString()));
            assertOneLine(ErrorCode.EDGE_REFUSED, "is in mesh '");
            assertTrue(err.toString().contains("no way to 'gateway' in 2 s: "), err::toString);
        }
    }

    @Test
    void shouldRefuseDirectoryThatOthersMayEnter() throws IOException
    {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertRefused(ErrorCode.DIRECTORY_UNUSABLE, directory.toString(), "node", "--name", "a", "--edge", "shm:x");
    }

    /** To start a host there is no remedy. */
    @Test
    void shouldNameTheUserWhoseDirectoryItIs() throws IOException
    {
        Files.createDirectory(directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try
        {
            Files.setOwner(directory, FileSystems.getDefault().getUserPrincipalLookupService()
                .lookupPrincipalByName("nobody"));
        }
        catch (final IOException ex)
        {
            assumeTrue(false, "only root can give a directory away");
        }

        assertRefused(ErrorCode.DIRECTORY_UNUSABLE, "run this as 'nobody'", "ping", "b");
        assertFalse(err.toString().contains("mesh host"), err::toString);
    }

    @Test
    void shouldRefuseFileInPlaceOfDirectory() throws IOException
    {
        Files.createFile(directory);

        assertRefused(ErrorCode.DIRECTORY_UNUSABLE, directory.toString(), "node", "--name", "a", "--edge", "shm:x");
    }

    @Test
    void shouldRefusePortInUse() throws IOException
    {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1")))
        {
            final String port = Integer.toString(socket.getLocalPort());
            assertRefused(ErrorCode.ADDRESS_UNUSABLE, port, "node", "--name", "a",
                "--edge", "aeron:udp?endpoint=127.0.0.1:" + port + "|remote=127.0.0.1:9");
        }
    }

    @Test
    void shouldRefuseAbsentDriver()
    {
        final String driver = temporary.resolve("driver").toString();

        assertRefused(ErrorCode.DRIVER_ABSENT, driver, "node", "--name", "a", "--edge", "aeron:ipc?dir=" + driver);
    }

    @Test
    void shouldRefuseSecondDriver()
    {
        final Path path = temporary.resolve("driver");
        try (DriverLauncher driver = DriverLauncher.threaded(MeshOs.system(), path))
        {
            assertEquals(CommandLine.ExitCode.SOFTWARE, mesh().execute("driver", "--dir", driver.dir()));
            assertOneLine(ErrorCode.DRIVER_EXISTS, path.toString());
        }
    }

    @Test
    void shouldRefuseToKeepPlacesWithoutAPlace()
    {
        assertRefused(ErrorCode.BAD_CONFIG, "--peers=kept", "host", "--name", "a", "--peers", "kept", "--edge",
            "shm:x");
    }

    @Test
    void shouldSayThatNobodyIsThereToPing()
    {
        final int exitCode = mesh().execute("ping", "b", "--name", "a", "--timeout", "1", "--dir", directory.toString(),
            "--edge", "shm:x");

        assertEquals(CommandLine.ExitCode.SOFTWARE, exitCode);
        assertTrue(err.toString().contains("no way to 'b' in 1 s: edge shm:x"), err::toString);
        assertTrue(err.toString().contains("See that the node at its other end runs"), err::toString);
    }

    private void assertRefused(final ErrorCode code, final String found, final String... args)
    {
        final List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--dir", directory.toString()));
        assertEquals(CommandLine.ExitCode.SOFTWARE, mesh().execute(all.toArray(new String[0])), err::toString);
        assertOneLine(code, found);
    }

    private void assertOneLine(final ErrorCode code, final String found)
    {
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains(code.name()), err::toString);
        assertTrue(err.toString().contains(found), err::toString);
    }

    private CommandLine mesh()
    {
        return Mesh.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }
}
