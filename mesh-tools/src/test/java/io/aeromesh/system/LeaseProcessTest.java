package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.contract.CounterSum;
import io.aeromesh.os.NameLocks;
import io.aeromesh.status.MeshCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes that own leases and hold each other's, one of which is killed at a random moment, again and again: the
 * survivor gets all its memory back, and no file of the dead is left.
 */
@Tag("slow")
@Timeout(value = 170, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaseProcessTest
{
    private static final int KILLS = Integer.getInteger("mesh.lease.kills", 6);
    private static final long DEADLINE_NS = 30_000_000_000L;

    @TempDir
    private Path parent;

    @Test
    void shouldGetAllMemoryBackAndLeaveNoFileWhenHoldersAndOwnersAreKilled() throws IOException
    {
        final Path base = parent.resolve("b");
        final SplittableRandom random = new SplittableRandom(11);
        try (LeaseTalk talk = new LeaseTalk(base, "here", "there", 1))
        {
            assertEquals(0, countRegions(base), "who uses no lease has no memory for them");
            for (int kill = 0; kill < KILLS; kill++)
            {
                round(talk, base, kill, random);
            }
        }
        assertEquals(0, countRegions(base));
    }

    private static void round(final LeaseTalk talk, final Path base, final int kill, final SplittableRandom random)
        throws IOException
    {
        final int before = talk.reports.size();
        try (Child child = Child.start(
            base, LeasePeerMain.class, base.toString(), "there", "here", Integer.toString(kill)))
        {
            final long goal = talk.received() + random.nextInt(50_000);
            runUntil(talk, "direct traffic", () ->
            {
                for (int i = 0; i < 100; i++)
                {
                    talk.talk();
                }
                return talk.channel.path().isDirect() && talk.received() >= goal;
            });
            child.signal("KILL");
            runUntil(talk, "report", () ->
            {
                talk.talk();
                return talk.reports.size() > before;
            });
        }
        assertEquals(EndReason.PEER_DIED, talk.reports.get(before).reason());
        talk.releaseAll();
        runUntil(talk, "all memory back, and nothing left of the dead, kill " + kill,
            () -> counter(talk, MeshCounter.LEASES_HELD) == 0 && counter(talk, MeshCounter.LEASES_OUT) == 0 &&
                countRegions(base) == countRegions(base, "here"));
        assertEquals(0, counter(talk, MeshCounter.LEASES_CORRUPT));
    }

    private static long counter(final LeaseTalk talk, final MeshCounter counter)
    {
        return CounterSum.of(talk.node.counters(), counter);
    }

    private static void runUntil(final LeaseTalk talk, final String awaited, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            talk.node.doWork();
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("awaited " + awaited + " in vain: received " + talk.received() +
                    ", held " + counter(talk, MeshCounter.LEASES_HELD) + ", out " +
                    counter(talk, MeshCounter.LEASES_OUT) + ", path " + talk.channel.path() + ", errors " +
                    talk.node.errors());
            }
        }
    }

    private static long countRegions(final Path base)
    {
        return countRegions(base, "");
    }

    /**
     * Files of memory in directories of a node, all nodes for an empty name.
     */
    private static long countRegions(final Path base, final String node)
    {
        final String directory = node.isEmpty() ? "" : NameLocks.fileName("default", node);
        try (Stream<Path> files = Files.walk(base))
        {
            return files.filter(file -> file.toString().endsWith(".mem") &&
                (directory.isEmpty() || file.getParent().getFileName().toString().equals(directory))).count();
        }
        catch (final IOException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
