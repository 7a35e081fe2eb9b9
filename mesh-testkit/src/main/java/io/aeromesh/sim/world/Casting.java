package io.aeromesh.sim.world;

import io.aeromesh.BroadcastSpec;
import io.aeromesh.BroadcastSpec.SlowMember;
import io.aeromesh.BroadcastSpec.Start;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.sim.load.App;
import io.aeromesh.sim.load.GroupApp;
import io.aeromesh.sim.load.Habits;
import io.aeromesh.sim.load.ListenApp;
import io.aeromesh.sim.load.PeerApp;
import io.aeromesh.sim.load.Server;
import io.aeromesh.sim.load.Stage;
import io.aeromesh.sim.world.WorldPlan.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws the applications of a world.
 */
final class Casting
{
    private static final int LENGTH_LIMIT = 2000;
    private static final int PAIRS_MAX = 8;
    private static final int GROUP_MAX = 8;

    private final WorldPlan plan;
    private final Stage stage;
    private final SplittableRandom random;
    private final List<App> apps = new ArrayList<>();

    Casting(final WorldPlan plan, final Stage stage, final SplittableRandom random)
    {
        this.plan = plan;
        this.stage = stage;
        this.random = random;
    }

    List<App> draw()
    {
        final int pairs = 1 + random.nextInt(Math.min(PAIRS_MAX, plan.members() + 1));
        for (int i = 0; i < pairs; i++)
        {
            addPair("c" + i);
        }
        final int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0;
        for (int i = 0; i < groups; i++)
        {
            addGroup("g" + i);
        }
        for (int i = 0; i < plan.services(); i++)
        {
            addService("s" + i);
        }
        return apps;
    }

    private void addPair(final String name)
    {
        final int left = random.nextInt(plan.members());
        final int right = (left + 1 + random.nextInt(plan.members() - 1)) % plan.members();
        final ChannelSpec there = spec(name, right);
        final ChannelSpec back = spec(name, left);
        apps.add(new PeerApp(stage, plan.member(left), there, habits(there.windowLength()), random.split()));
        apps.add(random.nextInt(4) == 0 ?
            new ListenApp(stage, plan.member(right), back, habits(back.windowLength()), random.split()) :
            new PeerApp(stage, plan.member(right), back, habits(back.windowLength()), random.split()));
    }

    /**
     * A channel to a node that several of its contexts, and itself, may have open or listen for.
     */
    private void addService(final String name)
    {
        final String node = Links.nodeName(random.nextInt(Math.min(plan.hosting(), plan.nodes())));
        final List<String> all = IntStream.range(0, plan.members()).mapToObj(plan::member).toList();
        final List<String> askers = all.stream().filter(member -> !member.equals(node)).toList();
        final String asker = askers.get(random.nextInt(askers.size()));
        final ChannelSpec there = spec(name, node);
        apps.add(new PeerApp(stage, asker, there, habits(there.windowLength()), random.split()));
        final List<String> mayServe =
            all.stream().filter(member -> NodeIds.nodeOf(member).equals(node) && !member.equals(asker)).toList();
        final int sure = random.nextInt(mayServe.size());
        for (int i = 0; i < mayServe.size(); i++)
        {
            if (i == sure || random.nextInt(3) != 0)
            {
                addServer(mayServe.get(i), spec(name, asker));
            }
        }
    }

    private void addServer(final String member, final ChannelSpec back)
    {
        final Habits habits = habits(back.windowLength());
        apps.add(random.nextInt(3) == 0 ? Server.of(new ListenApp(stage, member, back, habits, random.split())) :
            Server.of(new PeerApp(stage, member, back, habits, random.split())));
    }

    private ChannelSpec spec(final String name, final int peer)
    {
        return spec(name, plan.member(peer));
    }

    private ChannelSpec spec(final String name, final String peer)
    {
        return ChannelSpec.to(peer)
            .named(name)
            .mode(random.nextInt(3) == 0 ? Mode.PROXY : Mode.AUTO)
            .windowLength(ChannelSpec.WINDOW_LENGTH_MIN << random.nextInt(5))
            .closeDrainNs(random.nextLong(plan.stepNs() * 200));
    }

    private Habits habits(final int windowLength)
    {
        return habits(windowLength, plan.leasing());
    }

    private Habits habits(final int windowLength, final int leasing)
    {
        final Habits steady = Habits.draw(random, Math.min(LENGTH_LIMIT, windowLength / 2 - Long.BYTES), leasing);
        return plan.has(Trait.UNSTEADY) ? steady.unsteady(random) : steady;
    }

    private void addGroup(final String name)
    {
        final int members = 2 + random.nextInt(Math.min(GROUP_MAX, plan.members()) - 1);
        final int first = random.nextInt(plan.members());
        final int windowLength = ChannelSpec.WINDOW_LENGTH_MIN << random.nextInt(4);
        final SlowMember slow = random.nextBoolean() ? SlowMember.EVICT : SlowMember.BACK_PRESSURE;
        for (int i = 0; i < members; i++)
        {
            final BroadcastSpec spec = BroadcastSpec.named(name)
                .evictLength(random.nextBoolean() ? windowLength / 2 : windowLength)
                .windowLength(windowLength)
                .slowMember(slow)
                .retainLength(random.nextInt(4) == 0 ? windowLength / 4 : 0)
                .start(random.nextInt(4) == 0 ? Start.RETAINED : Start.NOW);
            // leases that are retained do not come back
            final int leasing = plan.has(Trait.HANDED_ON) && spec.retainLength() == 0 ? plan.leasing() : 0;
            apps.add(new GroupApp(stage, plan.member((first + i) % plan.members()), spec, members,
                habits(windowLength, leasing), random.split()));
        }
    }
}
