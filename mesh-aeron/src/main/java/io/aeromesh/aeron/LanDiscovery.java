package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.os.MeshOs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Announces a place to the others of its network, and hears of theirs, by small datagrams to a multicast group
 * ({@link LanFrame}). A place says where it is a few times at first, and asks the others to do so with that; then
 * whenever one asks, and now and then.
 * <p>
 * <b>Threading:</b> made on the launching thread, then the agent's. <b>Owns:</b> the socket.
 */
final class LanDiscovery
{
    private static final int FIRST_COUNT = 4;
    private static final long FIRST_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LATER_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int LOOKS_MAX = 16;
    private static final int FOUND_MAX = 16;

    private final DatagramChannel channel;
    private final InetSocketAddress group;
    private final String own;
    private final long mesh;
    private final MeshOs os;
    private final LanFrame frame = new LanFrame();
    private final ByteBuffer out = ByteBuffer.allocateDirect(LanFrame.LENGTH_MAX).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer in = ByteBuffer.allocateDirect(LanFrame.LENGTH_MAX + 1).order(ByteOrder.LITTLE_ENDIAN);
    private final ArrayDeque<String> found = new ArrayDeque<>();
    private MeshException failure;
    private long nextLookNs;
    private long nextSayNs;
    private long lastSaidNs;
    private int said;
    private boolean isStarted;

    /**
     * Joins the group on the interface that has the place's address.
     *
     * @throws io.aeromesh.error.MeshException BAD_EDGE_CONFIG when that can not be.
     */
    LanDiscovery(final String group, final String own, final long mesh, final MeshOs os)
    {
        this.own = own;
        this.mesh = mesh;
        this.os = os;
        final HostPort parsed = HostPort.parse(AeronPlaceEdgeConfig.DISCOVER, group);
        DatagramChannel opened = null;
        try
        {
            final InetAddress address = InetAddress.getByName(parsed.host());
            final NetworkInterface network = NetworkInterface.getByInetAddress(
                InetAddress.getByName(HostPort.parse(AeronPlaceEdgeConfig.LISTEN, own).host()));
            if (network == null)
            {
                throw new IOException("no interface of this host has the address " + own);
            }
            this.group = new InetSocketAddress(address, parsed.port());
            opened = DatagramChannel.open(parsed.host().indexOf(':') < 0 ?
                StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .setOption(StandardSocketOptions.IP_MULTICAST_IF, network)
                .setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true)
                .bind(this.group)
                .configureBlocking(false);
            opened.join(address, network);
            channel = opened;
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            close(opened);
            throw AeronOptions.bad(AeronPlaceEdgeConfig.DISCOVER, group + " (" + Reason.of(ex) + ")",
                "a multicast group that the network of " + own + " carries");
        }
    }

    int doWork(final long nowNs)
    {
        if (!isStarted)
        {
            isStarted = true;
            nextLookNs = nowNs;
            nextSayNs = nowNs;
        }
        int workCount = 0;
        if (nowNs - nextSayNs >= 0)
        {
            say();
            said++;
            lastSaidNs = nowNs;
            nextSayNs = nowNs + (said < FIRST_COUNT ? FIRST_NS : LATER_NS);
            workCount++;
        }
        if (nowNs - nextLookNs >= 0)
        {
            nextLookNs = nowNs + LOOK_NS;
            workCount += look(nowNs);
        }
        return workCount;
    }

    /**
     * An address that was announced; null: none.
     */
    String take()
    {
        return found.poll();
    }

    /**
     * What went wrong since the last call, or null.
     */
    MeshException takeFailure()
    {
        final MeshException taken = failure;
        failure = null;
        return taken;
    }

    private void say()
    {
        out.clear();
        LanFrame.encode(out, mesh, said < FIRST_COUNT, own);
        try
        {
            channel.send(out, group);
        }
        catch (final IOException ex)
        {
            failure = failed(ErrorCode.BAD_EDGE_CONFIG, ex); // said again later
        }
    }

    private int look(final long nowNs)
    {
        int count = 0;
        try
        {
            in.clear();
            while (count < LOOKS_MAX && channel.receive(in) != null)
            {
                in.flip();
                hear(nowNs);
                in.clear();
                count++;
            }
        }
        catch (final IOException ex)
        {
            failure = failed(ErrorCode.BAD_EDGE_CONFIG, ex);
        }
        return count;
    }

    private void hear(final long nowNs)
    {
        try
        {
            if (!frame.decode(in, mesh))
            {
                return; // of others
            }
        }
        catch (final MeshException ex)
        {
            failure = failed(ErrorCode.PROTOCOL_VIOLATION, ex);
            return;
        }
        if (!frame.address().equals(own) && found.size() < FOUND_MAX)
        {
            found.add(frame.address());
            final long soonNs = nowNs + Math.floorMod(os.nextRandom(), FIRST_NS);
            if (frame.isAsking() && nowNs - lastSaidNs > FIRST_NS && nextSayNs - soonNs > 0)
            {
                nextSayNs = soonNs; // not all at once
            }
        }
    }

    private MeshException failed(final ErrorCode code, final Exception cause)
    {
        return new MeshException(code, "discovery by " + group + ": " + Reason.of(cause), cause);
    }

    void close()
    {
        close(channel);
    }

    private static void close(final DatagramChannel channel)
    {
        try
        {
            if (channel != null)
            {
                channel.close();
            }
        }
        catch (final IOException ignore)
        {
            // nothing depends on it any more
        }
    }
}
