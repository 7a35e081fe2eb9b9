package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.RouteStatus;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.os.NameLocks;
import io.aeromesh.tools.process.UdpPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many contexts of one host, of which some are killed and started again all the time, while the others talk to each
 * other and to another node, over the network. More than the build has time for:
 * {@code -Dmesh.context.kills=200 -Dmesh.context.children=30}. Fifty contexts that all do as much as they can are more
 * than two cores are able to run; {@code -Dmesh.context.pause=100} lets that many milliseconds pass between messages
 * to and from those that are killed.
 */
@Tag("slow")
@Timeout(value = 1400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContextKillTest
{
    private static final int KILLS = Integer.getInteger("mesh.context.kills", 12);
    private static final int CHILDREN = Integer.getInteger("mesh.context.children", 4);
    private static final int PAUSE_MS = Integer.getInteger("mesh.context.pause", 0);
    /** What gives the other processes of two cores their turn. */
    private static final int CHILD_PAUSE_MS = 2;
    private static final int KEEPERS = 20;
    private static final long DEADLINE_NS = 120_000_000_000L;
    private static final double NS_PER_MS = 1e6;

    @TempDir
    private Path parent;
    private final List<MeshNode> nodes = new ArrayList<>();
    /** Between what is never killed. */
    private final List<NumberedEnd> steady = new ArrayList<>();
    /** For each child: at a context, and at the other node. */
    private final List<List<NumberedEnd>> toChildren = new ArrayList<>();
    private final List<Child> children = new ArrayList<>();
    private MeshNode remote;
    private Path base;
    private long nextTalkNs = System.nanoTime();
    /** From the end of a process until its peer on this host has reported its death, and its memory has no name. */
    private final long[] knownNs = new long[KILLS];
    /** Until the one on another host has, too. */
    private final long[] noticeNs = new long[KILLS];

    @Test
    void shouldHarmNobodyElseAndLeaveNothing() throws IOException
    {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        base = parent.resolve("b");
        try
        {
            start();
            final List<String> own = left();
            for (int i = 0; i < CHILDREN; i++)
            {
                open(i);
            }
            for (final Child child : children)
            {
                until("up", child);
            }
            for (int kill = 0; kill < KILLS; kill++)
            {
                kill(random, kill, "seed " + seed + ", kill " + kill);
            }
            children.forEach(child -> child.signal("KILL"));
            runUntil("memory as before", () -> left().equals(own));
            deliverTheRest();
        }
        finally
        {
            children.forEach(Child::close);
            for (int i = nodes.size() - 1; i >= 0; i--)
            {
                nodes.get(i).close();
            }
        }
        System.out.println(KILLS + " of " + CHILDREN + " contexts killed beside " + KEEPERS + " others, which got " +
            steady.stream().mapToLong(end -> end.checker.count()).sum() + " messages by " + steady.size() / 2 +
            " channels; until the peer on this host knew, and memory was free: " + times(knownNs) +
            "; until the one on another host knew, too: " + times(noticeNs));
    }

    private static String times(final long[] ns)
    {
        return String.format(Locale.ROOT, "median %.1f ms, 90 of 100 in %.1f ms, longest %.1f ms",
            ms(ns, 50), ms(ns, 90), ms(ns, 100));
    }

    private static double ms(final long[] ns, final int percent)
    {
        return Arrays.stream(ns).sorted().skip(Math.max(0, (long)KILLS * percent / 100 - 1)).findFirst()
            .orElseThrow() / NS_PER_MS;
    }

    private void start()
    {
        final int[] ports = UdpPorts.free(2);
        remote = add(MeshNode.launch(NodeConfig.named("remote").baseDirectory(parent.resolve("r")).invoked()
            .edge(udp(ports[0], ports[1]))));
        add(MeshNode.launch(NodeConfig.named("alpha").baseDirectory(base).invoked()
            .edge(udp(ports[1], ports[0])).hosting(KEEPERS + CHILDREN)));
        for (int i = 0; i < KEEPERS; i++)
        {
            add(MeshNode.attach(NodeConfig.named("k" + i).baseDirectory(base).invoked()));
        }
        for (int i = 0; i < KEEPERS; i += 2)
        {
            steady.add(new NumberedEnd(keeper(i), to("alpha/k" + (i + 1))));
            steady.add(new NumberedEnd(keeper(i + 1), to("alpha/k" + i)));
            steady.add(new NumberedEnd(keeper(i), to("remote")));
            steady.add(new NumberedEnd(remote, to("alpha/k" + i)));
        }
        runUntil("all connected", () -> steady.stream().allMatch(end -> end.checker.count() > 100));
    }

    private void open(final int child)
    {
        toChildren.add(List.of(
            new NumberedEnd(keeper(child % KEEPERS), to(name(child))),
            new NumberedEnd(remote, to(name(child)))));
        children.add(newChild(child));
        children.get(child).letGo();
    }

    private void until(final String word, final Child child)
    {
        runUntil("child that is " + word, () -> word.equals(child.pollLine()));
    }

    private void kill(final SplittableRandom random, final int kill, final String what) throws IOException
    {
        final int child = random.nextInt(CHILDREN);
        final Child next = newChild(child);
        until("ready", next); // the start of a JVM takes a core for as long, from what is timed below
        final List<NumberedEnd> ends = toChildren.get(child);
        final int[] before = ends.stream().mapToInt(end -> end.reports.size()).toArray();
        assertTrue(children.get(child).isAlive(), () -> what + ": " + children.get(child).errors());
        rest(random);

        children.get(child).signal("KILL");
        runUntil(what + ", exit", () -> !children.get(child).isAlive());
        final long startNs = System.nanoTime();
        runUntil(what + ", report here", () -> ends.get(0).reports.size() > before[0]);
        runUntil(what + ", memory", () -> isMemoryFree(name(child)));
        knownNs[kill] = System.nanoTime() - startNs;
        runUntil(what + ", report there", () -> ends.get(1).reports.size() > before[1]);
        noticeNs[kill] = System.nanoTime() - startNs;

        assertTrue(!NameLocks.isHeld(base, "default", name(child)), what + ": name is held");
        ends.forEach(end -> assertEquals(EndReason.PEER_DIED, end.reports.get(end.reports.size() - 1).reason(), what));
        children.get(child).close();
        children.set(child, next);
        next.letGo();
        until("up", next);
    }

    /**
     * Up to ten times as long as a pause.
     */
    private void rest(final SplittableRandom random)
    {
        final long untilNs = System.nanoTime() + random.nextLong(1 + TimeUnit.MILLISECONDS.toNanos(10L * PAUSE_MS));
        runUntil("rest", () -> System.nanoTime() - untilNs >= 0);
    }

    private void deliverTheRest()
    {
        runUntil("all delivered", () -> false, () ->
        {
            steady.forEach(NumberedEnd::receive);
            boolean isDone = true;
            for (int i = 0; i < steady.size(); i += 2)
            {
                isDone &= steady.get(i).next == steady.get(i + 1).checker.count() &&
                    steady.get(i + 1).next == steady.get(i).checker.count();
            }
            return isDone;
        });
        steady.forEach(end -> assertEquals(List.of(), end.reports));
    }

    private MeshNode keeper(final int index)
    {
        return nodes.get(2 + index);
    }

    private static ChannelSpec to(final String peer)
    {
        return ChannelSpec.to(peer).named("talk").windowLength(8192);
    }

    private static String name(final int child)
    {
        return "alpha/c" + child;
    }

    private Child newChild(final int index)
    {
        return Child.start(parent, ContextMain.class, base.toString(), "c" + index,
            Integer.toString(Math.max(PAUSE_MS, CHILD_PAUSE_MS)),
            "alpha/k" + index % KEEPERS, "remote");
    }

    private static String udp(final int own, final int other)
    {
        return "aeron:udp?endpoint=127.0.0.1:" + own + "|remote=127.0.0.1:" + other + "|term-length=65536";
    }

    private MeshNode add(final MeshNode node)
    {
        nodes.add(node);
        return node;
    }

    private void runUntil(final String awaited, final BooleanSupplier condition)
    {
        runUntil(awaited, condition, () ->
        {
            steady.forEach(NumberedEnd::talk);
            final boolean isDue = System.nanoTime() - nextTalkNs >= 0;
            if (isDue)
            {
                nextTalkNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MS);
            }
            toChildren.forEach(ends -> ends.forEach(isDue ? NumberedEnd::talk : NumberedEnd::receive));
            return false;
        });
    }

    /**
     * Lets all run, and the application with them, until either says that it is done.
     */
    private void runUntil(final String awaited, final BooleanSupplier condition, final BooleanSupplier application)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            nodes.forEach(MeshNode::doWork);
            if (application.getAsBoolean())
            {
                return;
            }
            final List<String> known = remote.routes().stream().map(RouteStatus::destination).toList();
            assertTrue(known.isEmpty() || known.equals(List.of("alpha")), known::toString);
            assertEquals(1, remote.edges().size());
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("awaited " + awaited + " in vain: files " + left() + ", errors " +
                    nodes.stream().map(MeshNode::errors).toList() + children.stream().map(Child::errors).toList());
            }
        }
    }

    private boolean isMemoryFree(final String name)
    {
        try (Stream<Path> files = Files.list(base.resolve("memory").resolve(NameLocks.fileName("default", name))))
        {
            return files.findAny().isEmpty();
        }
        catch (final NoSuchFileException none)
        {
            return true;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Files of memory, rings and instances. Locks stay for good, and what the dead have told of themselves for a while.
     * An edge that has been made anew, as its driver got no core for long, has streams with other numbers.
     */
    private List<String> left()
    {
        try (Stream<Path> files = Files.walk(base))
        {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .map(file -> base.relativize(file).toString().replaceFirst("\\d+\\.logbuffer$", "logbuffer"))
                .filter(name -> !name.endsWith(".lock") && !name.endsWith(".status") && !name.endsWith(".crashed"))
                .sorted()
                .toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
