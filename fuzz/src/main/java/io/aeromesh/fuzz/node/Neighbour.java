package io.aeromesh.fuzz.node;

import io.aeromesh.error.MeshException;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.inproc.InprocNetwork;
import io.aeromesh.inproc.InprocTransportProvider;
import io.aeromesh.internal.direct.DirectPipe;
import io.aeromesh.os.MeshOs;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.spi.DirectMedium;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportContext.Threading;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The hostile neighbour's side: the edge to the node, the direct stream to it, and the memory that both share. It says
 * what it is told to, and listens.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class Neighbour implements EdgeListener
{
    static final long INSTANCE = 77;
    private static final int POLL_LIMIT = 256;

    final String name;
    final long id;
    final Learned learned = new Learned();
    /** Whether it has spoken for others: then it may have turned the node against them, as any member of a mesh may. */
    boolean hasImpersonated;
    private final Transport transport;
    private final Medium medium;
    private final DirectMedium place;
    private final SharedMemory memory;
    private final String ownAddress;
    private Medium streamMedium;
    private Edge edge;
    private Edge stream;
    private SharedRegion region;

    Neighbour(
        final String name,
        final String link,
        final String placeUri,
        final InprocNetwork network,
        final InprocMemoryProvider memories,
        final MeshOs os)
    {
        this.name = name;
        id = NodeIds.idOf(name);
        final InprocTransportProvider provider = new InprocTransportProvider(network);
        transport = provider.open(new TransportContext(name, os, Path.of("unused"), Threading.INVOKED));
        medium = transport.attach(provider.parse(EdgeUri.parse(link)));
        place = (DirectMedium)transport.attach(provider.parse(EdgeUri.parse(placeUri)));
        ownAddress = place.newAddress();
        memory = memories.open(new SharedMemoryProvider.Context(
            name, "default", INSTANCE, INSTANCE, os, Path.of("unused")));
    }

    String address()
    {
        return ownAddress;
    }

    /**
     * Listens, and comes up where it can.
     */
    void doWork(final long nowNs)
    {
        medium.doWork(nowNs, this);
        if (streamMedium == null && !learned.address.isEmpty())
        {
            streamMedium = place.join(NodeWorld.NODE, ownAddress, learned.address);
        }
        if (streamMedium != null)
        {
            streamMedium.doWork(nowNs, this);
        }
        listen(edge);
        listen(stream);
    }

    private void listen(final Edge from)
    {
        if (from != null)
        {
            from.control().poll(learned, POLL_LIMIT);
            from.data().poll(learned, POLL_LIMIT);
        }
    }

    /**
     * Says something.
     *
     * @param way   0 and 1: control and data of the edge, 2 and 3: of the stream.
     * @return whether there was room.
     */
    boolean say(final UnsafeBuffer packet, final int length, final int way)
    {
        final Edge on = way < 2 ? edge : stream;
        final Lane lane = on == null ? null : (way & 1) == 0 ? on.control() : on.data();
        if (lane == null || length > lane.maxPacketLength())
        {
            return false;
        }
        final int offset = lane.tryClaim(length);
        if (offset < 0)
        {
            return false;
        }
        if (length >= PacketHeader.LENGTH && PacketHeader.type(packet, 0) != PacketHeader.LINK)
        {
            hasImpersonated |= PacketHeader.sourceId(packet, 0) != id;
        }
        lane.buffer().putBytes(offset, packet, 0, length);
        lane.commit();
        return true;
    }

    /**
     * A region for a direct channel, of its own or the node's.
     *
     * @return its id, or 0.
     */
    long joinRegion(final int ownWindow, final int nodeWindow)
    {
        final boolean isCreator = name.compareTo(NodeWorld.NODE) < 0;
        final int length =
            isCreator ? DirectPipe.regionLength(ownWindow, nodeWindow) : DirectPipe.regionLength(nodeWindow, ownWindow);
        try
        {
            if (region == null)
            {
                region = isCreator ? memory.create(length) :
                    memory.attach(NodeWorld.NODE, learned.regionId, length);
            }
            return region.id();
        }
        catch (final MeshException notThere)
        {
            return 0;
        }
    }

    /**
     * Writes into the memory of a direct channel.
     */
    void scribble(final int word, final long value)
    {
        if (region != null)
        {
            region.buffer().putLong(word % (region.buffer().capacity() / Long.BYTES) * Long.BYTES, value);
        }
    }

    /**
     * Ends this generation of the edge, or of the stream.
     */
    void drop(final boolean isStream)
    {
        final Edge dropped = isStream ? stream : edge;
        if (dropped != null)
        {
            dropped.close();
            onEdgeDown(null, dropped, "dropped");
        }
    }

    void close()
    {
        medium.close();
        if (streamMedium != null)
        {
            streamMedium.close();
        }
        place.close();
        memory.close();
        transport.close();
    }

    @Override
    public void onEdgeUp(final Medium of, final Edge up)
    {
        if (of == medium)
        {
            edge = up;
        }
        else
        {
            stream = up;
        }
    }

    @Override
    public void onEdgeDown(final Medium of, final Edge down, final String reason)
    {
        down.close();
        edge = edge == down ? null : edge;
        stream = stream == down ? null : stream;
    }

    @Override
    public void onMediumError(final Medium of, final Throwable error)
    {
        throw new AssertionError("the neighbour's own edge", error);
    }
}
