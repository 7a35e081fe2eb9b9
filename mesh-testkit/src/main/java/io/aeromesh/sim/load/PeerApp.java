package io.aeromesh.sim.load;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Lifetime;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.ChannelState;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageOrigin;
import io.aeromesh.MessageSink;
import io.aeromesh.SessionReport;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.sim.check.EndLedger;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * One end of a channel between two nodes: opens it, talks, closes it, opens it again.
 */
public final class PeerApp implements App, ChannelListener
{
    /** Messages that it sends when it is calm, so that what was healed is seen to work. */
    private static final int CALM_MESSAGES = 3;
    private static final int CALM_POLLS = 100;
    private static final int LEASE_LENGTH_MAX = 16 * 1024;

    private final Stage stage;
    private final String node;
    private final ChannelSpec spec;
    private final Habits habits;
    private final SplittableRandom random;
    private final Blocks blocks;
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private final MessageClaim claim = new MessageClaim();
    private final ReplacedEnds replaced = new ReplacedEnds();
    private Channel channel;
    private EndLedger ledger;
    private Mood mood = Mood.WILD;
    private boolean isClosing;
    private boolean isReported;
    private int calmSent;

    /** Thrown on purpose by a handler. */
    private static final class Fault extends RuntimeException
    {
        private static final long serialVersionUID = 1L;

        Fault()
        {
            super("the application fails", null, false, false);
        }
    }

    /**
     * @param stage  to play on.
     * @param node   at which it runs.
     * @param spec   of its channel; one that lives for one session is opened by {@link #accept} alone.
     * @param habits of it.
     * @param random of its own.
     */
    public PeerApp(
        final Stage stage,
        final String node,
        final ChannelSpec spec,
        final Habits habits,
        final SplittableRandom random)
    {
        this.stage = stage;
        this.node = node;
        this.spec = spec.listener(this);
        this.habits = habits;
        this.random = random;
        blocks = stage.pockets().of(stage, node, random);
    }

    @Override
    public String nodeName()
    {
        return node;
    }

    String peer()
    {
        return spec.peer();
    }

    @Override
    public void onNodeCloses()
    {
        blocks.onNodeCloses();
    }

    @Override
    public void onNodeEnded()
    {
        drop();
        replaced.onNodeEnded();
        blocks.onNodeEnded();
    }

    private void drop()
    {
        if (channel != null)
        {
            stage.bounds().close(channel);
            ledger.over();
            channel = null;
        }
        isClosing = false;
    }

    /**
     * Opens it for a request of the peer.
     */
    void accept()
    {
        if (channel != null && habits.reopens() == 0)
        {
            stage.reasons().onClosed(node, spec.peer());
            drop(); // its thread never calls it again
        }
        reopen();
    }

    /**
     * Opens it in place of the one that there is, if there is one, of which it is told later what became.
     */
    private void reopen()
    {
        if (channel != null && channel.state() == ChannelState.CLOSED && isOver())
        {
            drop();
        }
        if (channel != null)
        {
            stage.log().accept(node, "opens '" + spec.name() + "' to " + spec.peer() + " anew");
            stage.reasons().onClosed(node, spec.peer());
            stage.bounds().close(channel);
            replaced.add(channel, ledger, isReported);
            isClosing = false;
        }
        open(spec.ifExists(ChannelSpec.IfExists.REPLACE));
    }

    private void open(final ChannelSpec wanted)
    {
        try
        {
            channel = stage.node(node).open(wanted);
        }
        catch (final MeshException ex)
        {
            if (ex.code() != ErrorCode.CHANNEL_EXISTS)
            {
                throw ex;
            }
            return; // the last one is not quite gone
        }
        ledger = stage.ledgers().open(node, spec.peer(), spec.name());
        stage.ledgers().watch(ledger, channel);
        final Channel opened = channel;
        if (spec.mode() == Mode.PROXY && habits.leases() == 0) // else a part of it may be elsewhere
        {
            stage.bounds().open(node, opened, spec.windowLength(),
                () -> opened.acceptedPosition() - opened.acknowledgedPosition());
        }
        isReported = true;
        stage.log().accept(node, "opens '" + spec.name() + "' to " + spec.peer());
    }

    @Override
    public void work(final Mood newMood)
    {
        mood = newMood;
        replaced.work();
        if (channel == null)
        {
            if (spec.lifetime() == Lifetime.PERSISTENT && (mood == Mood.CALM || random.nextInt(8) == 0))
            {
                open(spec);
            }
            if (mood == Mood.CALM)
            {
                blocks.releaseAll();
            }
            return;
        }
        if (channel.state() == ChannelState.CLOSED && isOver())
        {
            drop();
            return;
        }
        if (mood == Mood.WILD)
        {
            disturb();
            send(random.nextInt(habits.sendMax() + 1));
            if (!Habits.hits(random, habits.idle()))
            {
                poll(random.nextInt(habits.pollMax() + 1), habits.aborts(), habits.throwing());
            }
            blocks.release(random.nextInt(2));
        }
        else
        {
            sendCalmly();
            poll(CALM_POLLS, 0, 0);
            blocks.releaseAll();
        }
    }

    /**
     * Whether the outcome of the last session is told.
     */
    private boolean isOver()
    {
        final SessionReport report = channel.closeReport();
        if (report == null)
        {
            return isReported && spec.lifetime() == Lifetime.ONE_SESSION && !isClosing;
        }
        if (!isReported)
        {
            ledger.ended(report);
        }
        return true;
    }

    private void disturb()
    {
        if (!isClosing && Habits.hits(random, habits.closes()))
        {
            close();
        }
        if (Habits.hits(random, habits.reopens()))
        {
            reopen();
        }
        if (spec.mode() != Mode.PROXY && Habits.hits(random, habits.mode()))
        {
            channel.mode(random.nextInt(3) == 0 ? Mode.PROXY : Mode.AUTO);
        }
    }

    private void close()
    {
        isClosing = true;
        stage.log().accept(node, "closes '" + spec.name() + "' to " + spec.peer());
        stage.reasons().onClosed(node, spec.peer());
        channel.close();
    }

    /**
     * In a handler of its own channel.
     */
    private void changeMind()
    {
        if (mood == Mood.WILD && Habits.hits(random, habits.inHandler()))
        {
            if (random.nextBoolean())
            {
                reopen();
            }
            else
            {
                close();
            }
        }
    }

    private void sendCalmly()
    {
        if (calmSent == 0)
        {
            channel.mode(spec.mode());
        }
        while (calmSent < CALM_MESSAGES && send(1) > 0)
        {
            calmSent++;
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
            return blocks.send(channel, ledger, random.nextInt(8) == 0 ? LEASE_LENGTH_MAX : length);
        }
        final long position;
        if (Habits.hits(random, habits.claims()))
        {
            position = channel.tryClaim(length, claim);
            if (position > 0 && random.nextInt(4) == 0)
            {
                claim.abort();
                return MessageSink.BACK_PRESSURED;
            }
            if (position > 0)
            {
                ledger.write(claim.buffer(), claim.offset(), length);
                claim.commit();
            }
        }
        else
        {
            ledger.write(out, 0, length);
            position = channel.offer(out, 0, length);
        }
        if (position > 0)
        {
            ledger.accepted(length, position);
        }
        return position;
    }

    private void poll(final int limit, final int aborts, final int throwing)
    {
        final EndLedger polled = ledger; // a handler may open another
        try
        {
            channel.controlledPoll(
                (buffer, offset, length, origin) -> onMessage(polled, buffer, offset, length, origin, aborts, throwing),
                limit);
        }
        catch (final Fault ex)
        {
            stage.log().accept(node, "fails at a message of '" + spec.name() + "' from " + spec.peer());
        }
    }

    private Action onMessage(
        final EndLedger polled,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageOrigin origin,
        final int aborts,
        final int throwing)
    {
        if (Habits.hits(random, aborts))
        {
            return Action.ABORT;
        }
        polled.delivered(buffer, offset, length, origin.position());
        if (origin.isLease())
        {
            blocks.received(origin);
        }
        changeMind();
        if (Habits.hits(random, throwing))
        {
            throw new Fault();
        }
        return switch (random.nextInt(8))
        {
            case 0 -> Action.BREAK;
            case 1 -> Action.COMMIT;
            default -> Action.CONTINUE;
        };
    }

    @Override
    public void onConnected(final Channel connected)
    {
        if (connected != channel)
        {
            throw new IllegalStateException("an end that was replaced is connected");
        }
        isReported = false;
        ledger.connected();
        stage.log().accept(node, "is connected by '" + spec.name() + "' to " + spec.peer());
        changeMind();
    }

    @Override
    public void onSessionEnded(final Channel ended, final SessionReport report)
    {
        stage.log().accept(node, "is told " + report);
        if (ended != channel)
        {
            replaced.ended(ended, report);
            return;
        }
        isReported = true;
        ledger.ended(report);
        changeMind();
    }

    boolean isConnected()
    {
        return channel != null && channel.state() == ChannelState.CONNECTED;
    }

    @Override
    public String owed()
    {
        if (!replaced.isEmpty())
        {
            return node + " is not told what became of '" + spec.name() + "' to " + spec.peer() +
                " that it has opened anew";
        }
        if (channel == null || channel.state() != ChannelState.CONNECTED)
        {
            return node + " is not connected by '" + spec.name() + "' to " + spec.peer() + ": " +
                (channel == null ? "no channel" : channel.state() + (isClosing ? ", closing" : ""));
        }
        if (calmSent < CALM_MESSAGES)
        {
            return node + " can not send by '" + spec.name() + "' to " + spec.peer() + ", path " + channel.path();
        }
        if (!ledger.isSettled() || channel.acknowledgedPosition() != channel.acceptedPosition())
        {
            return ledger + " has accepted up to " + channel.acceptedPosition() + ", acknowledged is " +
                channel.acknowledgedPosition() + ", path " + channel.path();
        }
        return null;
    }
}
