package io.aeromesh.sim.world;

import io.aeromesh.LeaseConfig;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.sim.SimHost;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.sim.SimOs;
import io.aeromesh.sim.SimSkew;
import io.aeromesh.sim.check.EndReasons;
import io.aeromesh.sim.check.Findings;
import io.aeromesh.sim.check.HealthChecker;
import io.aeromesh.sim.check.HopChecker;
import io.aeromesh.sim.check.LeaseChecker;
import io.aeromesh.sim.check.LoopChecker;
import io.aeromesh.sim.check.Rule;
import io.aeromesh.sim.load.App;
import io.aeromesh.spi.SharedMemoryProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The nodes of a world, which are launched, killed, closed, paused and launched again.
 */
final class Nodes
{
    /** Room for all that channels take at once: with less, two nodes that send to each other wait for each other. */
    private static final LeaseConfig LEASES = new LeaseConfig(16 * 1024, 16 * 1024, 8 << 20, 1 << 20);
    private static final int SKEW_MAX = 50_000;
    private static final int PINGS_PER_SILENCE = 8;

    private final WorldPlan plan;
    private final SimMesh mesh;
    private final Links links;
    private final EventLog log;
    private final Sabotage sabotage;
    private final SplittableRandom random;
    private final Findings findings;
    private final LoopChecker loops;
    private final HopChecker hops;
    private final HealthChecker health;
    private final LeaseChecker leases;
    private final EndReasons reasons;
    private final List<App> apps = new ArrayList<>();
    private final List<SimHost> hosts = new ArrayList<>();
    private final List<Shortage> shortages = new ArrayList<>();
    private final List<SharedMemoryProvider> memories = new ArrayList<>();
    private final Set<String> dead = new LinkedHashSet<>();
    private final Set<String> paused = new LinkedHashSet<>();
    /** Names of node and link, where the node has no edge. */
    private final Set<String> detached = new HashSet<>();

    Nodes(
        final WorldPlan plan,
        final SimMesh mesh,
        final Links links,
        final EventLog log,
        final Sabotage sabotage,
        final SplittableRandom random,
        final Findings findings,
        final LoopChecker loops,
        final HopChecker hops,
        final HealthChecker health,
        final LeaseChecker leases,
        final EndReasons reasons)
    {
        this.plan = plan;
        this.mesh = mesh;
        this.links = links;
        this.log = log;
        this.sabotage = sabotage;
        this.random = random;
        this.findings = findings;
        this.loops = loops;
        this.hops = hops;
        this.health = health;
        this.leases = leases;
        this.reasons = reasons;
        for (int i = 0; i < plan.hosts(); i++)
        {
            hosts.add(mesh.newHost());
            shortages.add(new Shortage(new SplittableRandom(plan.seed() + i)));
            memories.add(new RefusingMemory(sabotage.memory(mesh.newMemory()), shortages.get(i)));
        }
        for (int i = 0; i < plan.members(); i++)
        {
            dead.add(plan.member(i));
        }
    }

    List<App> apps()
    {
        return apps;
    }

    /**
     * Of each host.
     */
    List<Shortage> shortages()
    {
        return shortages;
    }

    boolean isAlive(final String name)
    {
        return !dead.contains(name);
    }

    /**
     * Nodes that run now.
     */
    boolean isRunning(final String name)
    {
        return !dead.contains(name) && !paused.contains(name);
    }

    Set<String> dead()
    {
        return dead;
    }

    private int hostOf(final String name)
    {
        return (NodeIds.nodeOf(name).hashCode() & Integer.MAX_VALUE) % plan.hosts();
    }

    /**
     * A node that finds no files is dead afterwards as it was before.
     */
    void launch(final String name)
    {
        final List<String> uris = new ArrayList<>();
        links.of(name).stream().filter(link -> !detached.contains(name + link.name()))
            .forEach(link -> uris.add(link.uri(name)));
        if (plan.streaming() == WorldPlan.Streaming.YES && !NodeIds.isContext(name))
        {
            uris.add("?direct=" + name);
        }
        final SimSkew skew = random.nextBoolean() ? SimSkew.NONE : new SimSkew(
            random.nextInt(2 * SKEW_MAX + 1) - SKEW_MAX,
            TimeUnit.SECONDS.toMillis(random.nextInt(7200) - 3600));
        log.add(name, "starts on host " + hostOf(name) + " with " + skew);
        try
        {
            mesh.node(name, config -> sabotage.config(configure(config, name, skew)), uris.toArray(new String[0]));
        }
        catch (final MeshException ex)
        {
            if (ex.code() != ErrorCode.DIRECTORY_UNUSABLE && ex.code() != ErrorCode.OUT_OF_SHARED_MEMORY)
            {
                throw ex;
            }
            log.add(name, "does not start: " + ex.getMessage());
            return;
        }
        dead.remove(name);
        links.shape(mesh);
    }

    private NodeConfig configure(final NodeConfig config, final String name, final SimSkew skew)
    {
        final SharedMemoryProvider memory = memories.get(hostOf(name));
        final NodeLimits limits = NodeLimits.DEFAULT
            .edgePing(plan.silentNs() / PINGS_PER_SILENCE, plan.silentNs())
            .discardTable(random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 256)
            .pendingRequests(random.nextInt(3) == 0 ? 4 : 64);
        return config
            .os(new RefusingOs(new SimOs(mesh.clock(), random.split(), skew, hosts.get(hostOf(name))),
                shortages.get(hostOf(name))))
            .limits(limits)
            .leases(LEASES)
            .sharing(memory)
            .listener(new Listener(name));
    }

    void kill(final String name)
    {
        log.add(name, "is killed");
        beforeEnd(name);
        leases.forget(name);
        mesh.kill(name);
        loops.forget(name);
    }

    /**
     * Closes a node while the others run.
     */
    void stop(final String name)
    {
        log.add(name, "is closed");
        apps.stream().filter(app -> app.nodeName().equals(name)).forEach(App::onNodeCloses);
        beforeEnd(name);
        loops.forget(name); // it is not looked at while it closes
        mesh.stop(name);
    }

    private void beforeEnd(final String name)
    {
        health.inspect(name);
        reasons.onNodeEnded(name);
        dead.add(name);
        resume(name);
        apps.stream().filter(app -> app.nodeName().equals(name)).forEach(App::onNodeEnded);
    }

    void pause(final String name)
    {
        log.add(name, "is paused");
        paused.add(name);
        mesh.pause(paused.toArray(new String[0]));
    }

    void resume(final String name)
    {
        if (paused.remove(name))
        {
            log.add(name, "goes on");
            mesh.pause(paused.toArray(new String[0]));
        }
    }

    void resumeAll()
    {
        new ArrayList<>(paused).forEach(this::resume);
    }

    /**
     * A node removes its edge, or adds it again.
     */
    void attach(final Links.Link link, final String name, final boolean isAttached)
    {
        final String end = name + link.name();
        if (isAttached ? detached.remove(end) : detached.add(end))
        {
            log.add(name, (isAttached ? "adds edge " : "removes edge ") + link.name());
            if (isAlive(name))
            {
                change(link, name, isAttached);
            }
        }
    }

    private void change(final Links.Link link, final String name, final boolean isAttached)
    {
        if (isAttached)
        {
            mesh.node(name).addEdge(link.uri(name));
            links.shape(mesh);
        }
        else
        {
            mesh.node(name).removeEdge(link.name());
            mesh.forget(name, link.name());
        }
    }

    /**
     * A node replaces its edge by another of the same name.
     */
    void replace(final Links.Link link, final String name)
    {
        if (!detached.contains(name + link.name()) && isAlive(name))
        {
            log.add(name, "replaces edge " + link.name());
            change(link, name, false);
            change(link, name, true);
        }
    }

    /**
     * A link more, for good.
     */
    void link(final String left, final String right)
    {
        final Links.Link link = links.add(left, right);
        hops.link(left, right);
        log.add("", "there is a link more: " + link);
        List.of(left, right).stream().filter(this::isAlive).forEach(name -> change(link, name, true));
    }

    boolean isAttached(final Links.Link link, final String name)
    {
        return !detached.contains(name + link.name());
    }

    private final class Listener implements NodeListener
    {
        private final String name;

        Listener(final String name)
        {
            this.name = name;
        }

        @Override
        public void onEdgeUp(final String edge, final String peer)
        {
            log.add(name, "edge " + edge + " up to " + peer);
        }

        @Override
        public void onEdgeDown(final String edge, final String peer, final String reason)
        {
            log.add(name, "edge " + edge + " down to " + peer + ": " + reason);
        }

        @Override
        public void onRoute(final String destination, final String nextHop, final int metric)
        {
            log.add(name, "to " + destination + " over " + nextHop + " for " + metric);
        }

        @Override
        public void onRouteLost(final String destination)
        {
            log.add(name, "has no way to " + destination);
        }

        @Override
        public void onError(final MeshException error)
        {
            log.add(name, "error " + error.getMessage());
            if (error.code() == ErrorCode.PROTOCOL_VIOLATION)
            {
                findings.report(Rule.HEALTH, name + ": " + error.getMessage(), name);
            }
        }
    }
}
