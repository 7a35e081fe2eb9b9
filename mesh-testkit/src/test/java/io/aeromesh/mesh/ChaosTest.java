package io.aeromesh.mesh;

import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.ChannelState;
import io.aeromesh.status.MeshCounter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random kills, restarts, pauses and flaps of edges, with parallel paths and small buffers, while two applications
 * talk, in every other world through memory where they can, in every third along a direct stream that is lost or cut,
 * changing their ways at random. While it goes on nothing wrong may happen; once it has healed what was accepted must
 * arrive.
 */
class ChaosTest
{
    private static final int EVENTS = 25;

    static IntStream seeds()
    {
        return IntStream.rangeClosed(1, Integer.getInteger("mesh.chaos.seeds", 200));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldNeitherLoseSilentlyNorDeliverTwiceWhenNodesDieAndEdgesFlap(final int seed)
    {
        try (Chaos chaos = new Chaos(seed))
        {
            chaos.run();
        }
    }

    /** One run. */
    private static final class Chaos implements AutoCloseable
    {
        private static final List<String> NODES = List.of("a", "b", "c", "d", "e");

        private final SplittableRandom random;
        private final TestMesh mesh;
        private final String parameters;
        private final Set<String> cut = new HashSet<>();
        private final Set<String> dead = new HashSet<>();
        private final Endpoint first;
        private final Endpoint last;
        private final int windowLength;
        private final boolean isSharing;
        private final boolean isStreaming;
        private final boolean isLeasing;

        Chaos(final int seed)
        {
            random = new SplittableRandom(seed);
            mesh = new TestMesh(seed);
            parameters = random.nextBoolean() ? "?data-length=16384" : "";
            windowLength = 4096 << random.nextInt(7);
            isSharing = (seed & 1) == 0;
            isStreaming = seed % 3 == 0;
            isLeasing = seed % 3 == 0;
            NODES.forEach(this::launch);
            final int lengthMax = Math.min(2000, windowLength / 2 - 8);
            first = new Endpoint(1, random.split(), lengthMax);
            last = new Endpoint(2, random.split(), lengthMax);
            open(first, "a", "c");
            open(last, "c", "a");
        }

        private static List<String> linksOf(final String name)
        {
            return List.of("ab", "bc", "cd", "de", "ea", "bd").stream().filter(link -> link.contains(name)).toList();
        }

        private void launch(final String name)
        {
            mesh.node(name, config -> isSharing ? config.sharing(mesh.sim().memory()) : config,
                Stream.concat(linksOf(name).stream().filter(link -> !cut.contains(name + link))
                    .map(link -> link + parameters), isStreaming ? Stream.of("?direct=" + name) : Stream.empty())
                    .toArray(String[]::new));
        }

        private void open(final Endpoint end, final String from, final String to)
        {
            end.open(mesh, from, ChannelSpec.to(to).windowLength(windowLength).closeDrainNs(random.nextInt(100_000)));
            if (isLeasing)
            {
                end.sendLeases(mesh.sim().node(from).leases());
            }
        }

        void run()
        {
            for (int i = 0; i < EVENTS; i++)
            {
                for (int steps = random.nextInt(300); steps > 0; steps--)
                {
                    traffic();
                    mesh.sim().step();
                }
                disturb();
            }
            heal();
            try
            {
                mesh.runUntil("all accepted has arrived", () ->
                {
                    traffic();
                    return quiet(first, last) & quiet(last, first);
                });
            }
            catch (final AssertionError ex)
            {
                throw new AssertionError(first + "\n" + last + "\n" + ex.getMessage(), ex);
            }
            first.check(last);
            last.check(first);
            if (isLeasing)
            {
                requireAllMemoryBack();
            }
        }

        private void requireAllMemoryBack()
        {
            mesh.runUntil("the rest consumed, and all leases back", () ->
            {
                first.receive(100);
                last.receive(100);
                return isSettled(first) && isSettled(last) &&
                    List.of("a", "c").stream().allMatch(name -> mesh.counter(name, MeshCounter.LEASES_HELD) +
                        mesh.counter(name, MeshCounter.LEASES_OUT) == 0);
            });
        }

        private static boolean isSettled(final Endpoint end)
        {
            return end.channel().state() == ChannelState.CONNECTED &&
                end.channel().acknowledgedPosition() == end.channel().acceptedPosition();
        }

        private void traffic()
        {
            work(first);
            work(last);
        }

        private void work(final Endpoint end)
        {
            if (end.channel() == null)
            {
                return;
            }
            if (end.channel().state() == ChannelState.CLOSED)
            {
                if (end.channel().closeReport() != null)
                {
                    end.closed();
                    open(end, end == first ? "a" : "c", end == first ? "c" : "a");
                }
                return;
            }
            end.send(random.nextInt(8));
            if (random.nextInt(4) != 0)
            {
                end.receive(random.nextInt(20));
            }
        }

        private void disturb()
        {
            if (isStreaming)
            {
                disturbStream();
            }
            if (isSharing || isStreaming)
            {
                changeWay(random.nextBoolean() ? first : last);
            }
            final String name = NODES.get(random.nextInt(NODES.size()));
            switch (random.nextInt(8))
            {
                case 0 -> kill(name);
                case 1 -> mesh.sim().pause(name);
                case 2 -> mesh.sim().pause();
                case 3 ->
                {
                    final Endpoint end = random.nextBoolean() ? first : last;
                    if (end.channel() != null && random.nextInt(3) == 0)
                    {
                        end.channel().close();
                    }
                }
                default -> flap(name);
            }
            if (random.nextInt(3) == 0)
            {
                restart();
            }
        }

        private void changeWay(final Endpoint end)
        {
            if (end.channel() != null)
            {
                end.channel().mode(random.nextInt(3) == 0 ? Mode.PROXY : Mode.AUTO);
            }
        }

        private void disturbStream()
        {
            final boolean isFirst = random.nextBoolean();
            final String name = isFirst ? "a" : "c";
            final String peer = isFirst ? "c" : "a";
            switch (random.nextInt(6))
            {
                case 0 -> mesh.sim().loseStream(name, peer);
                case 1 -> mesh.sim().cutStream(name, peer, true);
                case 2 -> mesh.sim().deafenStream(name, peer, true);
                case 3 -> healStreams();
                default ->
                    {
                    }
            }
        }

        private void healStreams()
        {
            for (final String name : List.of("a", "c"))
            {
                mesh.sim().cutStream(name, name.equals("a") ? "c" : "a", false);
                mesh.sim().deafenStream(name, name.equals("a") ? "c" : "a", false);
            }
        }

        private void kill(final String name)
        {
            if (dead.add(name))
            {
                mesh.kill(name);
                if (name.equals("a"))
                {
                    first.died();
                }
                if (name.equals("c"))
                {
                    last.died();
                }
            }
        }

        private void restart()
        {
            for (final String name : List.copyOf(dead))
            {
                dead.remove(name);
                launch(name);
                if (name.equals("a"))
                {
                    open(first, "a", "c");
                }
                if (name.equals("c"))
                {
                    open(last, "c", "a");
                }
            }
        }

        private void flap(final String name)
        {
            final List<String> links = linksOf(name);
            final String link = links.get(random.nextInt(links.size()));
            if (dead.contains(name))
            {
                return;
            }
            if (cut.remove(name + link))
            {
                mesh.sim().node(name).addEdge("inproc:" + link + parameters);
            }
            else
            {
                cut.add(name + link);
                mesh.sim().node(name).removeEdge("inproc:" + link + parameters);
                mesh.sim().pause();
                mesh.sim().run(2);
            }
        }

        private void heal()
        {
            mesh.sim().pause();
            healStreams();
            restart();
            for (final String nameAndLink : new ArrayList<>(cut))
            {
                cut.remove(nameAndLink);
                mesh.sim().node(nameAndLink.substring(0, 1)).addEdge("inproc:" + nameAndLink.substring(1) + parameters);
            }
        }

        private static boolean quiet(final Endpoint from, final Endpoint to)
        {
            return from.channel() != null && from.channel().state() == ChannelState.CONNECTED &&
                from.current().values.size() >= 1 && from.channel().acknowledgedPosition() > 0 &&
                from.channel().acknowledgedPosition() >= from.current().positions.get(0) && to.deliveredNow() > 0;
        }

        @Override
        public void close()
        {
            mesh.close();
        }
    }
}
