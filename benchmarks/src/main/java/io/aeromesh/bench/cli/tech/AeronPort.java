package io.aeromesh.bench.cli.tech;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A publication and a subscription.
 */
final class AeronPort implements Port
{
    private static final int FRAGMENTS_MAX = 64;
    private static final int STREAM_TO_PEER = 1001;
    private static final int STREAM_TO_LEAD = 1002;

    private final AeronClient client;
    private final ExclusivePublication publication;
    private final Subscription subscription;
    private final BufferClaim claim = new BufferClaim();
    private final boolean lead;
    private final int claimMax;
    private final UnsafeBuffer assembled;
    private Receiver receiver;
    private final FragmentHandler handler;

    AeronPort(final AeronClient client, final Site site, final AeronTechnology.Medium medium)
    {
        this.client = client;
        final boolean oneWay = site.job().benchCase().isOneWay();
        lead = site.isLead();
        final Aeron aeron = client.aeron();
        final boolean sends = lead || !oneWay;
        final boolean receives = !lead || !oneWay;
        subscription = receives ?
            aeron.addSubscription(channel(site, medium, site.inbound()), lead ? STREAM_TO_LEAD : STREAM_TO_PEER) : null;
        publication = sends ? aeron.addExclusivePublication(
            channel(site, medium, site.outbound()), lead ? STREAM_TO_PEER : STREAM_TO_LEAD) : null;
        claimMax = sends ? publication.maxPayloadLength() : 0;
        // what does not fit a frame is cut into frames by the publication, and can not be written in place
        assembled = new UnsafeBuffer(BufferUtil.allocateDirectAligned(site.job().size(), 128));
        final FragmentHandler toReceiver =
            (buffer, offset, length, header) -> receiver.onMessage(buffer, offset, length);
        // what fits a frame is never in parts
        handler = site.job().size() < site.variant().get("mtu", 1408) - 64 ? toReceiver :
            new FragmentAssembler(toReceiver, site.job().size());
    }

    private static String channel(final Site site, final AeronTechnology.Medium medium, final String way)
    {
        if (medium == AeronTechnology.Medium.IPC)
        {
            return "aeron:ipc";
        }
        return "aeron:udp?endpoint=127.0.0.1:" + site.agreed("udp-port-" + way, Site::freeUdpPort);
    }

    @Override
    public boolean connected()
    {
        client.work();
        return (publication == null || publication.isConnected()) &&
            (subscription == null || subscription.isConnected());
    }

    @Override
    public boolean send(final Message message, final long number)
    {
        final int length = message.length();
        if (length > claimMax)
        {
            message.writeTo(assembled, 0, number);
            return isSent(publication.offer(assembled, 0, length));
        }
        if (!isSent(publication.tryClaim(length, claim)))
        {
            return false;
        }
        message.writeTo(claim.buffer(), claim.offset(), number);
        claim.commit();
        return true;
    }

    private static boolean isSent(final long position)
    {
        if (position == Publication.CLOSED || position == Publication.MAX_POSITION_EXCEEDED)
        {
            throw new IllegalStateException("publication refuses: " + Publication.errorString(position));
        }
        return position > 0;
    }

    @Override
    public void poll(final Receiver to)
    {
        receiver = to;
        subscription.poll(handler, FRAGMENTS_MAX);
        client.poll();
    }

    @Override
    public int workEvery()
    {
        return client.every();
    }

    @Override
    public void work()
    {
        client.work();
    }

    @Override
    public String config()
    {
        return "exclusive, " + (claimMax > 0 ? "frames of " + claimMax + " B" : "");
    }

    @Override
    public void close()
    {
        client.close();
    }
}
