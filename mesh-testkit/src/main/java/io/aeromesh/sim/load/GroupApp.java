package io.aeromesh.sim.load;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastListener;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.BroadcastSpec.SlowMember;
import io.aeromesh.BroadcastSpec.Start;
import io.aeromesh.SessionReport;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.sim.check.EndReasons.Evictions;
import io.aeromesh.sim.check.GroupLedger;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;

/**
 * A member of a broadcast channel: joins, sends, reads, leaves, joins again.
 */
public final class GroupApp implements App, BroadcastListener
{
    private static final int CALM_MESSAGES = 2;
    private static final int CALM_POLLS = 100;

    private final Stage stage;
    private final String node;
    private final BroadcastSpec spec;
    private final Habits habits;
    private final int membersMax;
    private final SplittableRandom random;
    private final Blocks blocks;
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private BroadcastChannel channel;
    private GroupLedger ledger;
    private boolean isLeaving;
    private int calmSent;

    /**
     * @param stage   to play on.
     * @param node    at which it runs.
     * @param spec    of its channel.
     * @param members that there are in the end, with this one.
     * @param habits  of it.
     * @param random  of its own.
     */
    public GroupApp(
        final Stage stage,
        final String node,
        final BroadcastSpec spec,
        final int members,
        final Habits habits,
        final SplittableRandom random)
    {
        this.stage = stage;
        this.node = node;
        this.spec = spec.listener(this);
        this.membersMax = members - 1;
        this.habits = habits;
        this.random = random;
        blocks = stage.pockets().of(stage, node, random);
    }

    @Override
    public String nodeName()
    {
        return node;
    }

    @Override
    public void onNodeCloses()
    {
        blocks.onNodeCloses();
    }

    @Override
    public void onNodeEnded()
    {
        if (channel != null)
        {
            drop();
        }
        blocks.onNodeEnded();
    }

    private void drop()
    {
        stage.bounds().close(channel);
        ledger.over();
        channel = null;
        isLeaving = false;
    }

    private void open()
    {
        try
        {
            channel = stage.node(node).open(spec);
        }
        catch (final MeshException ex)
        {
            if (ex.code() != ErrorCode.CHANNEL_EXISTS)
            {
                throw ex;
            }
            return; // the last one has not quite left
        }
        ledger = stage.ledgers().openGroup(node, spec.name(),
            spec.start() == Start.RETAINED ? GroupLedger.Tail.RETAINED : GroupLedger.Tail.NONE,
            spec.slowMember() == SlowMember.EVICT ? Evictions.POSSIBLE : Evictions.NONE);
        final BroadcastChannel opened = channel;
        if (habits.leases() == 0) // else bytes of a block are longer
        {
            stage.bounds().open(node, opened, spec.windowLength(),
                () -> opened.acceptedPosition() - opened.acknowledgedPosition());
        }
        stage.log().accept(node, "joins '" + spec.name() + "'");
    }

    @Override
    public void work(final Mood mood)
    {
        if (channel == null)
        {
            if (mood == Mood.CALM || random.nextInt(8) == 0)
            {
                open();
            }
            return;
        }
        if (channel.isClosed())
        {
            drop();
            return;
        }
        if (mood == Mood.WILD)
        {
            if (!isLeaving && Habits.hits(random, habits.closes()))
            {
                isLeaving = true;
                stage.log().accept(node, "leaves '" + spec.name() + "'");
                stage.reasons().onLeft(node);
                channel.close();
            }
            send(random.nextInt(habits.sendMax() + 1));
            if (!Habits.hits(random, habits.idle()))
            {
                poll(random.nextInt(habits.pollMax() + 1));
            }
            if (habits.leases() > 0)
            {
                blocks.release(random.nextInt(2));
            }
        }
        else
        {
            if (calmSent < CALM_MESSAGES && channel.members().size() == membersMax)
            {
                calmSent += send(1);
            }
            poll(CALM_POLLS);
            blocks.releaseAll();
        }
    }

    private int send(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final int length = Math.max(ledger.lengthMin(), random.nextInt(habits.lengthMax() + 1));
            if (sendOne(length) < 0)
            {
                return i;
            }
        }
        return count;
    }

    private long sendOne(final int length)
    {
        if (Habits.hits(random, habits.leases()))
        {
            return blocks.send(channel, ledger, length);
        }
        ledger.write(out, 0, length);
        final long position = channel.offer(out, 0, length);
        if (position > 0)
        {
            ledger.accepted(length, position);
        }
        return position;
    }

    private void poll(final int limit)
    {
        channel.poll((buffer, offset, length, origin) ->
        {
            ledger.delivered(buffer, offset, length, origin.source(), origin.position());
            if (origin.isLease())
            {
                blocks.receivedShare(origin);
            }
        }, limit);
    }

    @Override
    public void onMemberJoined(final BroadcastChannel joined, final String member)
    {
        stage.log().accept(node, "is told that " + member + " has joined '" + spec.name() + "'");
        ledger.joined(member);
    }

    @Override
    public void onMemberLeft(final BroadcastChannel left, final SessionReport report)
    {
        stage.log().accept(node, "is told " + report);
        ledger.left(report);
    }

    @Override
    public String owed()
    {
        if (channel == null || channel.members().size() != membersMax)
        {
            return node + " has not met all of '" + spec.name() + "': " +
                (channel == null ? "not joined" : channel.members() + " of " + membersMax);
        }
        if (calmSent < CALM_MESSAGES)
        {
            return node + " can not send to '" + spec.name() + "'";
        }
        final String owed = ledger.owed();
        if (owed == null)
        {
            ledger.checkBeginnings();
        }
        return owed;
    }
}
