package io.aeromesh.bench.cli.tech;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageOrigin;
import io.aeromesh.bench.cli.measure.Actor;
import io.aeromesh.bench.cli.measure.Unavailable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Blocks of memory that are handed over and handed back: a new word is written and verified each way, and the next
 * trip uses the next of {@value #BLOCKS} blocks, so that what is measured does not sit in a cache by itself.
 */
final class LeaseTechnology implements Technology
{
    private static final int BLOCKS = 64;
    private static final String LEAD = "lead";
    private static final String PEER = "peer";

    @Override
    public List<String> variants(final Job job)
    {
        return List.of("node=invoked every=1024", "node=thread every=0");
    }

    @Override
    public Actor open(final Site site)
    {
        return site.isLead() ? new LeaseLead(site) : new LeasePeer(site);
    }

    /** What both ends have. */
    private abstract static class End implements Actor
    {
        private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(5);
        private static final int MESSAGES_MAX = 1;
        private static final int LOOKS_PER_NUDGE = 64;

        final MeshNodes nodes;
        final MeshNode node;
        final Channel channel;
        final int size;
        private final String config;
        private final long startNs = System.nanoTime();
        private final MessageHandler handler = this::onAny;
        private final UnsafeBuffer nudge = new UnsafeBuffer(new byte[1]);
        private int looks;

        End(final Site site)
        {
            size = site.job().size();
            config = site.job().variant();
            nodes = new MeshNodes(site, site.variant().get("every", 1024));
            final String other = site.isLead() ? PEER : LEAD;
            final String edge = (site.job().mode() == Mode.THREADS ? "inproc:link?peer=" : "shm:link?peer=") + other;
            node = nodes.launch(site.isLead() ? LEAD : PEER, config -> config.leases(room()), edge);
            channel = node.open(ChannelSpec.to(other).named("bench").closeDrainNs(0));
        }

        /**
         * All blocks may be at the other end at once.
         */
        private LeaseConfig room()
        {
            final int block = Math.max(LeaseConfig.BLOCK_LENGTH_MIN, BitUtil.findNextPositivePowerOfTwo(size));
            final long all = 2L * BLOCKS * block;
            return new LeaseConfig(LeaseConfig.DEFAULT.segmentLengthMin(), block, all, all);
        }

        private void onAny(
            final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
        {
            if (origin.isLease())
            {
                onMessage(buffer, offset, length, origin);
            }
        }

        abstract void onMessage(DirectBuffer buffer, int offset, int length, MessageOrigin origin);

        @Override
        public boolean connected()
        {
            nodes.work();
            channel.poll(handler, MESSAGES_MAX);
            if (channel.state() == ChannelState.CONNECTED && channel.path().isDirect())
            {
                return true;
            }
            if (channel.state() == ChannelState.CONNECTED && ++looks % LOOKS_PER_NUDGE == 0)
            {
                channel.offer(nudge); // a channel changes its way with a message
            }
            if (System.nanoTime() - startNs > BOUND_NS)
            {
                throw new Unavailable("the channel did not become direct in " +
                    TimeUnit.NANOSECONDS.toSeconds(BOUND_NS) + " s: state " + channel.state() + ", path " +
                    channel.path().kind() + ", because " + channel.path().reason());
            }
            return false;
        }

        void poll()
        {
            channel.poll(handler, MESSAGES_MAX);
            nodes.poll();
        }

        void transfer(final Lease lease)
        {
            while (channel.transfer(lease) < 0)
            {
                nodes.work();
                if (channel.state() == ChannelState.CLOSED)
                {
                    throw new IllegalStateException("channel is " + channel.state() + ", " + channel.path());
                }
            }
        }

        static void require(final long expected, final long found)
        {
            if (expected != found)
            {
                throw new IllegalStateException("expected word " + expected + " in the block, found " + found);
            }
        }

        @Override
        public void work()
        {
            nodes.work();
        }

        @Override
        public String config()
        {
            return config + " path " + channel.path().kind() + ", " + BLOCKS + " blocks in turn";
        }

        @Override
        public void close()
        {
            nodes.close();
        }
    }

    /** Hands over, and takes what comes back. */
    private static final class LeaseLead extends End
    {
        private final Lease[] leases = new Lease[BLOCKS];
        private long sent;
        private long received;

        LeaseLead(final Site site)
        {
            super(site);
        }

        @Override
        public boolean connected()
        {
            final boolean connected = super.connected();
            if (connected && leases[0] == null)
            {
                for (int i = 0; i < BLOCKS; i++)
                {
                    leases[i] = node.leases().acquire(size);
                }
            }
            return connected;
        }

        @Override
        public long run(final long count)
        {
            for (long i = 0; i < count; i++)
            {
                sent += 2;
                final Lease lease = leases[(int)((sent >> 1) % BLOCKS)];
                lease.buffer().putLong(0, sent);
                transfer(lease);
                while (received != sent)
                {
                    poll();
                }
            }
            return 0;
        }

        @Override
        void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
        {
            final Lease lease = leases[(int)((sent >> 1) % BLOCKS)];
            origin.take(lease);
            require(sent + 1, lease.buffer().getLong(0));
            received = sent;
        }

        @Override
        public void close()
        {
            for (final Lease lease : leases)
            {
                if (lease != null && lease.isHeld())
                {
                    lease.release();
                }
            }
            super.close();
        }
    }

    /** Writes a word and hands back. */
    private static final class LeasePeer extends End
    {
        private final Lease lease = new Lease();
        private long answered;

        LeasePeer(final Site site)
        {
            super(site);
        }

        @Override
        public long run(final long count)
        {
            final long end = answered + count;
            while (answered < end)
            {
                poll();
            }
            return 0;
        }

        @Override
        void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
        {
            origin.take(lease);
            answered++;
            final long expected = answered << 1;
            require(expected, lease.buffer().getLong(0));
            lease.buffer().putLong(0, expected + 1);
            transfer(lease);
        }
    }
}
