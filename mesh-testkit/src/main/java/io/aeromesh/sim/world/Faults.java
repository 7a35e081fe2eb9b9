package io.aeromesh.sim.world;

import io.aeromesh.sim.LinkShape;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.sim.SimMesh;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Makes things go wrong, each for a while, and mends them.
 */
final class Faults
{
    private static final long PAUSE_MIN_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PAUSE_OCTAVES = 16;
    private static final long PAUSE_MAX_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int PAUSE_TICKS = 100;
    private static final int PAUSE_TICKS_MAX = 400;
    private static final int LINKS_MAX = 200;

    private final WorldPlan plan;
    private final SimMesh mesh;
    private final Nodes nodes;
    private final Links links;
    private final EventLog log;
    private final SplittableRandom random;
    private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    private final List<Undo> undos = new ArrayList<>();
    private final List<FaultKind> kinds = new ArrayList<>();
    private long tick;
    private long stepNs;

    private record Undo(long atTick, Runnable action)
    {
    }

    Faults(
        final WorldPlan plan,
        final SimMesh mesh,
        final Nodes nodes,
        final Links links,
        final EventLog log,
        final SplittableRandom random)
    {
        this.plan = plan;
        this.mesh = mesh;
        this.nodes = nodes;
        this.links = links;
        this.log = log;
        this.random = random;
        stepNs = plan.stepNs();
        for (final FaultKind kind : FaultKind.values())
        {
            // each world has faults of some kinds, so that worlds differ in what they are about
            if (kind == FaultKind.NO_FILES ? plan.has(WorldPlan.Trait.FAILING) : isDrawn(kind))
            {
                kinds.add(kind);
            }
        }
    }

    private boolean isDrawn(final FaultKind kind)
    {
        final boolean isPossible = kind != FaultKind.NEW_LINK || plan.changing() == WorldPlan.Changing.YES;
        return random.nextInt(3) != 0 && isPossible;
    }

    /**
     * How many of each kind there were.
     */
    Map<FaultKind, Long> counts()
    {
        return counts;
    }

    /**
     * Time that the next tick takes, in nanoseconds: more while a node is paused for long.
     */
    long stepNs()
    {
        return stepNs;
    }

    void tick(final long newTick)
    {
        tick = newTick;
        for (int i = undos.size() - 1; i >= 0; i--)
        {
            if (i < undos.size() && undos.get(i).atTick <= tick)
            {
                undos.remove(i).action.run();
            }
        }
        if (!kinds.isEmpty() && random.nextInt(plan.faultEvery()) == 0)
        {
            begin(kinds.get(random.nextInt(kinds.size())));
        }
    }

    /**
     * Mends everything.
     */
    void heal()
    {
        while (!undos.isEmpty())
        {
            undos.remove(undos.size() - 1).action.run();
        }
        nodes.resumeAll();
        stepNs = plan.stepNs();
        nodes.shortages().forEach(shortage -> shortage.is(Shortage.Kind.NONE));
        new ArrayList<>(nodes.dead()).forEach(nodes::launch);
        for (final Links.Link link : links.all())
        {
            nodes.attach(link, link.left(), true);
            nodes.attach(link, link.right(), true);
        }
        mesh.media().forEach(SimMedium::heal);
    }

    private void begin(final FaultKind kind)
    {
        final boolean isDone = switch (kind)
        {
            case REPAIR -> shape("loses packets for a while", shape ->
            {
                shape.repairedPerMille = 10 + random.nextInt(300);
                shape.repairNs = plan.stepNs() * random.nextInt(60);
            }, shape -> shape.repairedPerMille = 0);
            case DELAY -> delay();
            case REFUSE -> shape("refuses claims", shape -> shape.refusedPerMille = 10 + random.nextInt(900),
                shape -> shape.refusedPerMille = 0);
            case SLOW_EDGE -> shape("is slow", shape -> shape.packetsMax = 1 + random.nextInt(2),
                shape -> shape.packetsMax = Integer.MAX_VALUE);
            case ONE_WAY_CUT -> shape("hears nothing", shape -> shape.isDeaf = true, shape -> shape.isDeaf = false);
            case PARTITION -> partition();
            case FLAP -> onMedium(medium ->
            {
                log.add(medium.nodeName(), "loses edge " + medium.edgeName());
                medium.lose();
            });
            case CUT -> cut();
            case REMOVE -> remove();
            case REPLACE -> onLink((link, node) -> nodes.replace(link, node));
            case NEW_LINK -> newLink();
            case CRASH -> end(nodes::kill);
            case STOP -> random.nextInt(4) == 0 && end(nodes::stop);
            case RESTART -> restart();
            case PAUSE -> pause();
            case STREAM -> stream();
            case NO_MEMORY -> lack(Shortage.Kind.MEMORY, "there is no memory");
            case NO_FILES -> lack(Shortage.Kind.FILES, "there are few files");
            case CALM -> calm();
        };
        if (isDone)
        {
            counts.merge(kind, 1L, Long::sum);
        }
    }

    private void later(final int ticksMax, final Runnable action)
    {
        undos.add(new Undo(tick + 1 + random.nextInt(ticksMax), action));
    }

    private String nodeAtRandom()
    {
        return plan.member(random.nextInt(plan.members()));
    }

    private boolean onMedium(final Consumer<SimMedium> action)
    {
        if (mesh.media().isEmpty())
        {
            return false;
        }
        action.accept(mesh.media().get(random.nextInt(mesh.media().size())));
        return true;
    }

    private boolean shape(final String what, final Consumer<LinkShape> action, final Consumer<LinkShape> undo)
    {
        return onMedium(medium ->
        {
            log.add(medium.nodeName(), "edge " + medium.edgeName() + ' ' + what);
            action.accept(medium.shape());
            later(100, () -> undo.accept(medium.shape()));
        });
    }

    private boolean delay()
    {
        return onMedium(medium ->
        {
            log.add(medium.nodeName(), "edge " + medium.edgeName() + " is late");
            medium.shape().extraNs = plan.stepNs() * random.nextInt(50);
            later(60, () -> medium.shape().extraNs = 0);
        });
    }

    private boolean partition()
    {
        final long side = random.nextLong();
        final boolean isHard = random.nextBoolean();
        log.add("", "is parted by " + Long.toHexString(side) + (isHard ? ", edges go down" : ""));
        final List<SimMedium> between = mesh.media().stream()
            .filter(medium -> isLeft(side, medium.nodeName()) != isLeft(side, medium.peerName())).toList();
        between.forEach(medium -> part(medium, isHard, true));
        later(120, () -> between.forEach(medium -> part(medium, isHard, false)));
        return !between.isEmpty();
    }

    private static boolean isLeft(final long side, final String node)
    {
        return (side >> (node.hashCode() & 63) & 1) == 0;
    }

    private static void part(final SimMedium medium, final boolean isHard, final boolean isParted)
    {
        if (isHard)
        {
            medium.cut(isParted);
        }
        else
        {
            medium.shape().isDeaf = isParted;
        }
    }

    private boolean cut()
    {
        return onMedium(medium ->
        {
            log.add(medium.nodeName(), "edge " + medium.edgeName() + " is cut");
            medium.cut(true);
            later(80, () -> medium.cut(false));
        });
    }

    private boolean onLink(final BiConsumer<Links.Link, String> action)
    {
        final Links.Link link = links.all().get(random.nextInt(links.all().size()));
        final String node = random.nextBoolean() ? link.left() : link.right();
        if (!nodes.isRunning(node))
        {
            return false;
        }
        action.accept(link, node);
        return true;
    }

    private boolean remove()
    {
        return onLink((link, node) ->
        {
            nodes.attach(link, node, !nodes.isAttached(link, node));
            later(150, () -> nodes.attach(link, node, true));
        });
    }

    private boolean newLink()
    {
        final String left = Links.nodeName(random.nextInt(plan.nodes()));
        final String right = Links.nodeName(random.nextInt(plan.nodes()));
        if (left.equals(right) || links.all().size() >= LINKS_MAX)
        {
            return false;
        }
        nodes.link(left, right);
        return true;
    }

    private boolean end(final Consumer<String> how)
    {
        final String node = nodeAtRandom();
        if (!nodes.isAlive(node))
        {
            return false;
        }
        how.accept(node);
        later(100, () -> restart(node));
        return true;
    }

    private void restart(final String node)
    {
        if (!nodes.isAlive(node))
        {
            nodes.launch(node);
        }
        if (!nodes.isAlive(node))
        {
            later(20, () -> restart(node));
        }
    }

    private boolean restart()
    {
        final String node = nodeAtRandom();
        if (!nodes.isAlive(node))
        {
            return false;
        }
        nodes.kill(node);
        restart(node);
        return true;
    }

    /**
     * A long pause takes ticks that last longer, but not so long that nodes which run believe to have been paused.
     */
    private boolean pause()
    {
        final String node = nodeAtRandom();
        if (!nodes.isRunning(node))
        {
            return false;
        }
        final long pauseNs = Math.min(PAUSE_MAX_NS,
            (PAUSE_MIN_NS << random.nextInt(PAUSE_OCTAVES)) + random.nextLong(PAUSE_MIN_NS));
        final long longStepNs = Math.max(plan.stepNs(), Math.min(plan.silentNs() / 5, pauseNs / PAUSE_TICKS));
        final int ticks = (int)Math.min(PAUSE_TICKS_MAX, 1 + pauseNs / longStepNs);
        stepNs = Math.max(stepNs, longStepNs);
        nodes.pause(node);
        undos.add(new Undo(tick + ticks, () ->
        {
            nodes.resume(node);
            stepNs = plan.stepNs();
        }));
        return true;
    }

    private boolean stream()
    {
        final List<SimMedium> streams = mesh.media().stream()
            .filter(SimMedium::isStream).toList();
        if (streams.isEmpty())
        {
            return false;
        }
        final SimMedium medium = streams.get(random.nextInt(streams.size()));
        log.add(medium.nodeName(), "the stream to " + medium.peerName() + " is disturbed");
        if (random.nextBoolean())
        {
            medium.lose();
        }
        else
        {
            medium.cut(true);
            later(80, () -> medium.cut(false));
        }
        return true;
    }

    private boolean lack(final Shortage.Kind what, final String text)
    {
        final Shortage shortage = nodes.shortages().get(random.nextInt(nodes.shortages().size()));
        log.add("", text);
        shortage.is(what);
        later(60, () -> shortage.is(Shortage.Kind.NONE));
        return true;
    }

    private boolean calm()
    {
        log.add("", "is mended");
        heal();
        return true;
    }
}
