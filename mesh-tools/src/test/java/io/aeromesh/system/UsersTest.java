package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.EdgeStatus;
import io.aeromesh.Lease;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.contract.CounterSum;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.GrantedDirectory;
import io.aeromesh.shm.ShmMemoryProvider;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.tools.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host of one user and processes of another, which the kernel keeps apart: they meet by the host's grant alone, and
 * share nothing but the link to it.
 */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UsersTest
{
    private static final int LEASE_LENGTH = 200_000;
    private static final int MESSAGES = 1000;
    private static final int HEAP_MB = 64;

    @TempDir
    private static Path classes;
    @TempDir
    private Path parent;
    private OtherUser other;
    private Path base;
    private String user;
    private final List<MeshNode> nodes = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException, InterruptedException
    {
        other = OtherUser.in(parent, classes);
        base = parent.resolve("b");
        user = Files.getOwner(parent).getName();
    }

    @AfterEach
    void close()
    {
        for (int i = nodes.size() - 1; i >= 0; i--)
        {
            nodes.get(i).close();
        }
    }

    private MeshNode host(final String... grants)
    {
        return add(MeshNode.launch(NodeConfig.named("alpha").baseDirectory(base).invoked().hosting().granting(grants)));
    }

    private MeshNode context(final String name)
    {
        return add(MeshNode.attach(NodeConfig.named(name).baseDirectory(base).invoked()
            .sharing(new ShmMemoryProvider())));
    }

    private MeshNode add(final MeshNode node)
    {
        nodes.add(node);
        return node;
    }

    private void work()
    {
        nodes.forEach(MeshNode::doWork);
    }

    private void until(final Guest guest, final String awaited, final BooleanSupplier condition)
    {
        final boolean[] isDone = new boolean[1];
        guest.await(awaited, line -> isDone[0], () ->
        {
            work();
            isDone[0] = condition.getAsBoolean();
        });
    }

    private Guest guest(final String name, final String... claimed)
    {
        final List<String> args = new ArrayList<>(List.of(
            user, base.toString(), other.base().toString(), name));
        args.addAll(List.of(claimed));
        return Guest.start(other, parent, args.toArray(String[]::new));
    }

    @Test
    void shouldTalkToAGrantedUserByProxyAndCopyLeases() throws IOException
    {
        final MeshNode alpha = host(OtherUser.UID);
        final MeshNode own = context("own");
        try (Guest guest = guest("g"))
        {
            final String name = "alpha/" + other.name() + ":g";
            final Channel talk = own.open(ChannelSpec.to(name).named("talk"));
            own.open(ChannelSpec.to(name).named("must").mode(ChannelSpec.Mode.DIRECT));
            assertEquals("attached " + name, guest.await("attached", this::work));

            final UnsafeBuffer message = new UnsafeBuffer(new byte[Integer.BYTES]);
            final int[] counts = new int[2];
            until(guest, "echoes", () ->
            {
                message.putInt(0, counts[0]);
                counts[0] += counts[0] < MESSAGES && talk.offer(message) > 0 ? 1 : 0;
                talk.poll((buffer, offset, length, origin) -> assertEquals(counts[1]++, buffer.getInt(offset)), 10);
                return counts[1] == MESSAGES;
            });

            until(guest, "reason", () -> talk.path().kind() == Kind.PROXY &&
                talk.path().reason().contains("different users"));
            guest.await("reason", line -> line.startsWith("path ChannelPath[kind=PROXY") &&
                line.contains("different users"), this::work);
            assertTrue(guest.await("rejected 1037", this::work).contains("different users"));

            final Lease lease = own.leases().acquire(LEASE_LENGTH);
            until(guest, "transfer", () -> talk.transfer(lease) > 0);
            assertEquals("lease " + LEASE_LENGTH, guest.await("lease", this::work));
            assertEquals(1, CounterSum.of(own.counters(), MeshCounter.LEASES_COPIED));
            assertEquals(0, CounterSum.of(own.counters(), MeshCounter.LEASES_HANDED_OVER));
            assertEquals(List.of(), alpha.errors());
            guest.write("");
        }
    }

    @Test
    void shouldTellPeersOfAContextOfAnotherUserThatWasKilled() throws IOException
    {
        host(OtherUser.UID);
        final MeshNode own = context("own");
        final List<EndReason> ends = new ArrayList<>();
        try (Guest guest = guest("g"))
        {
            final Channel talk = own.open(ChannelSpec.to("alpha/" + other.name() + ":g").named("talk").listener(
                new ChannelListener()
                {
                    @Override
                    public void onSessionEnded(final Channel channel, final SessionReport report)
                    {
                        ends.add(report.reason());
                    }
                }));
            until(guest, "echo", () ->
            {
                talk.offer(new UnsafeBuffer(new byte[Integer.BYTES]));
                return talk.poll((buffer, offset, length, origin) ->
                {}, 1) > 0;
            });

            guest.signal("KILL");

            until(guest, "report", () -> talk.poll((buffer, offset, length, origin) ->
            {}, 10) == 0 && !ends.isEmpty());
            assertEquals(List.of(EndReason.PEER_DIED), ends);
        }
    }

    @Test
    void shouldLetAGrantedUserOpenNothingButTheDoor() throws IOException
    {
        host(OtherUser.UID);
        final MeshNode one = context("own");
        final MeshNode two = context("two");
        final Channel there = one.open(ChannelSpec.to("alpha/two"));
        final Channel back = two.open(ChannelSpec.to("alpha/own"));
        final Lease held = one.leases().acquire(LEASE_LENGTH);
        try (Guest guest = guest("g"))
        {
            until(guest, "joined", () ->
            {
                there.offer(new UnsafeBuffer(new byte[Integer.BYTES]));
                back.poll((buffer, offset, length, origin) ->
                {}, 1);
                there.poll((buffer, offset, length, origin) ->
                {}, 1);
                return there.path().kind() == Kind.DIRECT_MEMORY;
            });
            guest.await("attached", this::work);
            final Path door = GrantedDirectory.of(base);
            int files = 0;
            for (final Path file : filesOf(base, door))
            {
                guest.write(file.toString());
                final String expected = !file.startsWith(door) || file.toString().endsWith(".lock") ? "may" :
                    file.toString().endsWith(".host") ? "may read" :
                    file.toString().endsWith(".sock") ? "may connect" : "may";
                assertEquals(expected + " " + file, guest.await(
                    "answer", line -> line.startsWith("may") && line.endsWith(" " + file), this::work));
                files++;
            }
            assertTrue(files > 10, "files=" + files);
            guest.write("");
        }
        held.release();
    }

    /** All, and the directories too. */
    private static List<Path> filesOf(final Path... roots) throws IOException
    {
        final List<Path> all = new ArrayList<>();
        for (final Path root : roots)
        {
            try (Stream<Path> files = Files.walk(root))
            {
                files.forEach(all::add);
            }
        }
        return all;
    }

    @Test
    void shouldRefuseWhoIsNotGrantedAndAfterTheGrantIsTakenBack() throws IOException
    {
        final MeshNode first = host("1");
        final String name = other.name();
        try (Guest guest = guest("g"))
        {
            final String error = guest.await("error 1006 USER_REFUSED", this::work);
            assertTrue(error.contains("'alpha' does not admit user '" + name + "'"), error);
            assertTrue(error.contains("--grant"), error);
            assertTrue(first.errors().stream().anyMatch(told -> told.contains("USER_REFUSED") &&
                told.contains("'" + name + "', admitted is [1]")), first.errors()::toString);
            assertTrue(first.routes().isEmpty(), first.routes()::toString);

            restart(first, OtherUser.UID);
            until(guest, "attached", () -> isJoined(nodes.get(0)));

            restart(nodes.get(0));
            guest.write("");
        }
        try (Guest late = guest("g"))
        {
            final String error = late.await("thrown 1026 NO_HOST", this::work);
            assertTrue(error.contains(GrantedDirectory.of(base).toString()), error);
        }
    }

    private void restart(final MeshNode node, final String... grants)
    {
        node.close();
        nodes.clear();
        host(grants);
    }

    private static boolean isJoined(final MeshNode alpha)
    {
        return alpha.edges().stream()
            .anyMatch(edge -> edge.name().equals("granted") && edge.state() == EdgeStatus.State.UP);
    }

    @Test
    void shouldRefuseANameThatAnotherUserMightHave()
    {
        final MeshNode alpha = host(OtherUser.UID);
        try (Guest guest = guest("g", "root"))
        {
            final String error = guest.await("error 1005 EDGE_REFUSED", this::work);
            assertTrue(error.contains("peer is 'alpha/root:g' of user '"), error);
            assertFalse(isJoined(alpha));
            guest.write("");
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsNotThatUsers() throws IOException
    {
        host(OtherUser.UID);
        final String notRoot = other.name();
        final MeshException error = assertThrows(MeshException.class,
            () -> MeshNode.attach(NodeConfig.named("x").baseDirectory(parent.resolve("x")), notRoot, base));
        assertEquals(ErrorCode.DIRECTORY_UNUSABLE, error.code());
        assertTrue(error.getMessage().contains("has owner '" + user + "', need one of user '" + notRoot + "'"),
            error.getMessage());
        assertEquals(ErrorCode.BAD_CONFIG, assertThrows(MeshException.class,
            () -> MeshNode.launch(NodeConfig.named("y").baseDirectory(parent.resolve("y")).hosting().granting(user)))
            .code());
    }

    @Test
    void shouldAttachCommandsOfAGrantedUser() throws IOException
    {
        restart(host("1"), OtherUser.UID);
        assertTrue(ping(0).contains("2 sent, 2 answered"));

        restart(nodes.get(0), "1");
        final String refused = ping(1);
        assertTrue(refused.contains("USER_REFUSED") && refused.contains("--grant USER"), refused);
    }

    /**
     * @return what it printed.
     */
    private String ping(final int exitCode) throws IOException
    {
        final Path out = Files.createTempFile(parent, "ping", ".out");
        try (Tool ping = Tool.of(other.as(JvmProcess.command(HEAP_MB, Mesh.class, "ping", "alpha", "-c", "2", "-i", "0",
            "--host-user", user, "--dir", base.toString())).redirectOutput(out.toFile()), parent))
        {
            ping.await("its end", () ->
            {
                work();
                return !ping.isAlive();
            });
            assertEquals(exitCode, ping.awaitExit(), ping::errors);
            return Files.readString(out) + ping.errors();
        }
    }

    @Test
    void shouldSayWhichUserIsUnknown()
    {
        final MeshException error = assertThrows(MeshException.class, () -> host("nobody-of-this-name"));
        assertEquals(ErrorCode.BAD_CONFIG, error.code());
        assertTrue(error.getMessage().contains("'nobody-of-this-name'"), error.getMessage());
    }
}
