package io.aeromesh.sim.world;

import io.aeromesh.MeshConfig;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.sim.PacketWatch;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.sim.check.BoundsChecker;
import io.aeromesh.sim.check.Checker;
import io.aeromesh.sim.check.ControlChecker;
import io.aeromesh.sim.check.EndReasons;
import io.aeromesh.sim.check.Findings;
import io.aeromesh.sim.check.HealthChecker;
import io.aeromesh.sim.check.HopChecker;
import io.aeromesh.sim.check.LeaseChecker;
import io.aeromesh.sim.check.Ledgers;
import io.aeromesh.sim.check.LoopChecker;
import io.aeromesh.sim.check.RouteOracle;
import io.aeromesh.sim.check.Rule;
import io.aeromesh.sim.load.App;
import io.aeromesh.sim.load.App.Mood;
import io.aeromesh.sim.load.Pockets;
import io.aeromesh.sim.load.Stage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.agrona.DirectBuffer;

/**
 * One world, from its seed to its end.
 * <p>
 * <b>Threading:</b> one thread, which is that of all nodes and applications. Two runs of one plan are alike to the last
 * packet.
 */
public final class World implements PacketWatch
{
    /** Bytes of a packet that count for the number of a world: header and control message. */
    private static final int HASHED_BYTES = 256;
    /** Ticks from healing within which everything owed must have happened. */
    private static final int SETTLE_TICKS_MAX = 20_000;
    /** After so many ticks they last longer: what waits for time must not take ticks. */
    private static final int SHORT_TICKS = 2_000;
    private static final int OWED_INTERVAL = 4;
    private static final int FRAMES_SHOWN = 6;

    private final WorldPlan plan;
    private final EventLog log;
    private final SimMesh mesh;
    private final Findings findings = new Findings();
    private final EndReasons reasons = new EndReasons(findings);
    private final Ledgers ledgers = new Ledgers(findings, reasons);
    private final LoopChecker loops;
    private final HopChecker hops;
    private final ControlChecker control;
    private final HealthChecker health;
    private final LeaseChecker leases;
    private final RouteOracle oracle;
    private final List<Checker> checkers;
    private final Nodes nodes;
    private final Faults faults;
    private long tick;
    private long healedTick;
    private long packets;

    /**
     * Makes a world.
     *
     * @param plan     of it.
     * @param sabotage of it.
     * @param keep     whether events are kept for people.
     */
    World(final WorldPlan plan, final Sabotage sabotage, final EventLog.Keep keep)
    {
        this.plan = plan;
        log = new EventLog(keep);
        final SplittableRandom random = new SplittableRandom(plan.seed() * 31 + 17);
        mesh = new SimMesh(random.nextLong());
        mesh.watch(this);
        mesh.wrap(sabotage.edges());
        mesh.afterCycle(this::afterCycle);
        loops = new LoopChecker(mesh, findings);
        hops = new HopChecker(findings, MeshConfig.DEFAULT.hopLimit());
        control = new ControlChecker(mesh, findings);
        health = new HealthChecker(mesh, findings);
        leases = new LeaseChecker(mesh, findings);
        oracle = new RouteOracle(mesh, findings, Links::isLink);
        final BoundsChecker bounds = new BoundsChecker(mesh, findings);
        checkers = List.of(loops, control, health, leases, bounds, ledgers);
        final Links links = new Links(plan, random.split());
        links.all().forEach(link -> hops.link(link.left(), link.right()));
        nodes = new Nodes(plan, mesh, links, log, sabotage, random.split(), findings, loops, hops, health, leases,
            reasons);
        final Pockets pockets =
            new Pockets(plan.has(WorldPlan.Trait.HANDED_ON) ? Pockets.Kind.SHARED : Pockets.Kind.OWN);
        final Stage stage = new Stage(mesh, ledgers, bounds, leases, reasons, pockets, log::add);
        nodes.apps().addAll(new Casting(plan, stage, random.split()).draw());
        faults = new Faults(plan, mesh, nodes, links, log, random.split());
        final SplittableRandom starts = random.split();
        for (int i = 0; i < plan.members(); i++)
        {
            if (starts.nextInt(8) != 0 || i == 0)
            {
                nodes.launch(plan.member(i));
            }
        }
    }

    /**
     * Runs a world that nobody has tampered with.
     */
    public static WorldResult run(final WorldPlan plan)
    {
        return new World(plan, Sabotage.NONE, EventLog.Keep.HASH).run();
    }

    /**
     * Runs a world with a defect.
     */
    public static WorldResult run(final WorldPlan plan, final Sabotage sabotage)
    {
        return new World(plan, sabotage, EventLog.Keep.HASH).run();
    }

    /**
     * Runs a world and keeps the events that lead to a violation.
     */
    public static WorldResult replay(final WorldPlan plan, final Sabotage sabotage)
    {
        return new World(plan, sabotage, EventLog.Keep.EVENTS).run();
    }

    private WorldResult run()
    {
        try
        {
            runWild();
            if (findings.first() == null)
            {
                runCalm();
            }
        }
        catch (final RuntimeException | Error ex)
        {
            // what is thrown out of a call of an application breaks a rule as well
            log.add("", "throws " + ex);
            findings.report(Rule.HEALTH, "thrown: " + ex + " at " +
                List.of(ex.getStackTrace()).stream().limit(FRAMES_SHOWN).toList());
        }
        return new WorldResult(plan, log.hash(), tick, tick - healedTick, ledgers.messages(), ledgers.bytes(),
            ledgers.deliveries(), packets, ledgers.sessionsEnded(), leases.held(), loops.followed(), faults.counts(),
            findings.first(), findings.first() == null ? List.of() : log.last(findings.first().nodes()));
    }

    private void runWild()
    {
        while (tick < plan.wildTicks() && findings.first() == null)
        {
            step(Mood.WILD);
        }
    }

    private void runCalm()
    {
        log.add("", "is healed");
        faults.heal();
        healedTick = tick;
        String owed = "";
        while (findings.first() == null && owed != null)
        {
            step(Mood.CALM);
            final boolean isRouted = oracle.check(tick, plan.edgeDelayTicks());
            owed = !isRouted ? "routes" : tick % OWED_INTERVAL == 0 ? owed() : owed;
            if (owed != null && tick - healedTick > SETTLE_TICKS_MAX)
            {
                findings.report(owed.contains(LeaseChecker.MISSING) ? Rule.LEASES : Rule.OWED,
                    owed + ", " + (tick - healedTick) + " ticks after all was healed",
                    mesh.names().toArray(new String[0]));
            }
        }
        mesh.names().forEach(health::inspect);
    }

    private String owed()
    {
        final StringJoiner all = new StringJoiner("; ").setEmptyValue("");
        for (final App app : nodes.apps())
        {
            final String owed = app.owed();
            if (owed != null)
            {
                all.add(owed);
            }
        }
        if (all.length() > 0)
        {
            return all.toString();
        }
        if (plan.leasing() > 0)
        {
            for (final String name : mesh.names())
            {
                final String missing = leases.missing(name);
                if (missing != null)
                {
                    return missing;
                }
            }
        }
        return null;
    }

    private void step(final Mood mood)
    {
        tick++;
        log.tick(tick);
        findings.tick(tick);
        if (mood == Mood.WILD)
        {
            faults.tick(tick);
        }
        for (final App app : nodes.apps())
        {
            if (nodes.isRunning(app.nodeName()))
            {
                app.work(mood);
            }
        }
        mesh.step(mood == Mood.CALM && tick - healedTick > SHORT_TICKS ? plan.silentNs() / 5 : faults.stepNs());
        for (final Checker checker : checkers)
        {
            checker.afterTick();
        }
    }

    private void afterCycle(final String nodeName)
    {
        for (final Checker checker : checkers)
        {
            checker.afterCycle(nodeName);
        }
    }

    @Override
    public void onPacket(
        final SimMedium at, final LaneKind lane, final DirectBuffer buffer, final int offset, final int length)
    {
        packets++;
        log.mix(at.nodeName().hashCode() * 31L + length);
        final int hashed = Math.min(length, HASHED_BYTES) & -Long.BYTES;
        for (int i = 0; i < hashed; i += Long.BYTES)
        {
            log.mix(buffer.getLong(offset + i));
        }
        if (log.keepsEvents())
        {
            PacketText.describe(at.nodeName(), buffer, offset, length)
                .ifPresent(text -> log.note(at.nodeName(), text));
        }
        if (length >= PacketHeader.LENGTH)
        {
            hops.onPacket(at, lane, buffer, offset, length);
            control.onPacket(at, lane, buffer, offset, length);
        }
    }
}
