package io.aeromesh.internal.node;

import io.aeromesh.EdgeStatus;
import io.aeromesh.NodeLimits;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.link.LinkListener;
import io.aeromesh.internal.link.LinkPackets;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.status.NodeCounters;
import io.aeromesh.status.NodeStatus;
import io.aeromesh.status.Times;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The edges of a node, or its direct streams, and the links on them. Agent thread.
 */
final class Links implements EdgeListener, LinkListener
{
    private static final int CONTROL_LIMIT = 64;
    private static final int DRAIN_POLLS_MAX = 1 << 16;

    private final String nodeName;
    private final List<EdgeSlot> slots;
    private final LinkPackets packets;
    private final NodeLimits limits;
    private final MeshOs os;
    private final NodeCounters counters;
    private final Times hops;
    private final LinkListener owner;
    private final Purpose purpose;
    private final ErrorReporter errors;
    private final HostPresence presence;
    private RoutingTable routes;
    private PacketRouter router;
    private boolean changed = true;
    private long nowNs;

    /**
     * What the links are for.
     */
    enum Purpose
    {
        /** To carry whatever comes, as routes want it. */
        EDGES,
        /** To carry packets between the two ends; what is silent is ended. */
        STREAMS
    }

    Links(
        final String nodeName,
        final List<EdgeSlot> slots,
        final LinkPackets packets,
        final NodeLimits limits,
        final MeshOs os,
        final NodeStatus status,
        final ErrorReporter errors,
        final HostPresence presence,
        final LinkListener owner,
        final Purpose purpose)
    {
        this.nodeName = nodeName;
        this.slots = slots;
        this.packets = packets;
        this.limits = limits;
        this.os = os;
        counters = status.counters();
        hops = status.times(MeshHistogram.HOP);
        this.errors = errors;
        this.presence = presence;
        this.owner = owner;
        this.purpose = purpose;
    }

    void wire(final RoutingTable newRoutes, final PacketRouter newRouter)
    {
        routes = newRoutes;
        router = newRouter;
    }

    EdgeSlot add(final Medium medium)
    {
        final EdgeSlot slot = new EdgeSlot(medium, nodeName, counters);
        slots.add(slot);
        changed = true;
        return slot;
    }

    void remove(final EdgeSlot slot)
    {
        slots.remove(slot);
        close(slot, "not used any more");
        changed = true;
    }

    boolean remove(final String name)
    {
        for (int i = 0; i < slots.size(); i++)
        {
            if (slots.get(i).name().equals(name))
            {
                final EdgeSlot slot = slots.remove(i);
                close(slot, "edge removed");
                changed = true;
                return true;
            }
        }
        return false;
    }

    void close()
    {
        for (final EdgeSlot slot : slots)
        {
            close(slot, "node closed");
        }
        slots.clear();
    }

    private void close(final EdgeSlot slot, final String reason)
    {
        for (final LinkReader reader : slot.readers())
        {
            reader.link().goodbye();
            reader.link().down(reason);
        }
        slot.readers().clear();
        slot.close();
    }

    int doWork(final long newNowNs)
    {
        nowNs = newNowNs;
        router.nowNs(newNowNs);
        int work = 0;
        for (int i = 0; i < slots.size(); i++)
        {
            final EdgeSlot slot = slots.get(i);
            work += work(slot);
            final List<LinkReader> readers = slot.readers();
            for (int j = readers.size() - 1; j >= 0; j--)
            {
                work += readers.get(j).pollControl(CONTROL_LIMIT, nowNs);
                work += readers.get(j).pollData();
            }
        }
        for (int i = 0; i < slots.size(); i++) // after all were read, so that news of a route goes on in this cycle
        {
            final List<LinkReader> readers = slots.get(i).readers();
            for (int j = readers.size() - 1; j >= 0; j--)
            {
                work += doWork(readers, j);
            }
        }
        return work;
    }

    /**
     * After all has been committed that this cycle commits.
     */
    void wakePeers()
    {
        for (int i = 0; i < slots.size(); i++)
        {
            final List<LinkReader> readers = slots.get(i).readers();
            for (int j = 0; j < readers.size(); j++)
            {
                readers.get(j).link().edge().wakePeer();
            }
        }
    }

    /**
     * For how long the agent may sleep: no event tells of the time for a ping, of what an edge brings that wakes
     * nobody, or of room in a lane that was full.
     */
    void boundSleep(final long atNs, final Parking parking)
    {
        for (int i = 0; i < slots.size(); i++)
        {
            final EdgeSlot slot = slots.get(i);
            if (!slot.medium().wakesAgent())
            {
                parking.noLongerThan(NodeAgent.POLL_NS);
            }
            for (int j = 0; j < slot.readers().size(); j++)
            {
                final Link link = slot.readers().get(j).link();
                parking.noLongerThan(isFilling(link.control()) || isFilling(link.data()) ?
                    NodeAgent.POLL_NS : link.quietNs(atNs));
            }
        }
    }

    /**
     * A claim that finds no room needs less than half of a lane.
     */
    private static boolean isFilling(final Lane lane)
    {
        return lane.available() < lane.capacity() / 2;
    }

    /**
     * Names of the edges that do not wake a parked agent.
     */
    List<String> unableToWake()
    {
        final List<String> names = new ArrayList<>();
        slots.stream().filter(slot -> !slot.medium().wakesAgent()).forEach(slot -> names.add(
            "edge '" + slot.name() + "'"));
        return names;
    }

    private int work(final EdgeSlot slot)
    {
        try
        {
            return slot.medium().doWork(nowNs, this);
        }
        catch (final MeshException ex)
        {
            errors.report(ex); // out of memory for a new generation, a directory gone: it tries again
            return 0;
        }
        catch (final RuntimeException ex)
        {
            errors.report(ex); // a defect of the transport costs the links of this edge
            for (final LinkReader reader : List.copyOf(slot.readers()))
            {
                end(slot, reader, "transport failed: " + ex);
            }
            return 0;
        }
    }

    private int doWork(final List<LinkReader> readers, final int index)
    {
        final LinkReader reader = readers.get(index);
        final int work = reader.link().doWork(nowNs, routes);
        if (purpose == Purpose.STREAMS && reader.link().isSilent())
        {
            readers.remove(index);
            reader.link().down("no answer for " + limits.edgeSilentNs() / 1_000_000 + " ms");
            reader.link().edge().close();
            changed = true;
        }
        else if (reader.fault() != null)
        {
            counters.malformed();
            final String fault = "edge '" + reader.slot().name() + "' from '" + reader.link().peerName() + "': " +
                reader.fault();
            errors.report(new MeshException(ErrorCode.PROTOCOL_VIOLATION, fault));
            readers.remove(index);
            reader.link().down(fault);
            reader.link().edge().close();
            changed = true;
        }
        return work;
    }

    /**
     * This process was paused itself, so that silence until now says nothing about peers.
     */
    void onOwnPause(final long resumedNs)
    {
        for (final EdgeSlot slot : slots)
        {
            slot.readers().forEach(reader -> reader.link().onOwnPause(resumedNs));
        }
    }

    boolean takeChanged()
    {
        final boolean wasChanged = changed;
        changed = false;
        return wasChanged;
    }

    List<EdgeStatus> status()
    {
        final List<EdgeStatus> all = new ArrayList<>();
        slots.forEach(slot -> slot.status(all));
        return List.copyOf(all);
    }

    List<EdgeSlot> slots()
    {
        return slots;
    }

    // --- EdgeListener ---

    @Override
    public void onEdgeUp(final Medium medium, final Edge edge)
    {
        for (final EdgeSlot slot : slots)
        {
            if (slot.medium() == medium)
            {
                final Link link = new Link(medium, edge, freshNonce(), packets, limits, this);
                slot.readers().add(
                    new LinkReader(link, slot, router, purpose == Purpose.STREAMS ? packets.self().id() : 0));
                changed = true;
                return;
            }
        }
    }

    @Override
    public void onEdgeDown(final Medium medium, final Edge edge, final String reason)
    {
        for (int i = 0; i < slots.size(); i++)
        {
            final LinkReader reader = slots.get(i).readerOf(edge);
            if (reader != null)
            {
                end(slots.get(i), reader, reason);
                return;
            }
        }
        edge.close();
    }

    /**
     * The kernel says that a peer's process has ended: every link to it has, whatever its transport still believes.
     */
    void onProcessEnded(final String peerName, final long instanceHigh, final long instanceLow)
    {
        for (final EdgeSlot slot : slots)
        {
            for (final LinkReader reader : List.copyOf(slot.readers()))
            {
                if (isTo(reader.link(), instanceHigh, instanceLow))
                {
                    end(slot, reader, "process of '" + peerName + "' has ended");
                }
            }
        }
    }

    /**
     * Reads all that has come from an instance that is dead.
     */
    void drain(final long instanceHigh, final long instanceLow)
    {
        for (int i = 0; i < slots.size(); i++)
        {
            final List<LinkReader> readers = slots.get(i).readers();
            for (int j = readers.size() - 1; j >= 0; j--)
            {
                if (isTo(readers.get(j).link(), instanceHigh, instanceLow))
                {
                    drain(readers.get(j));
                }
            }
        }
    }

    private static boolean isTo(final Link link, final long instanceHigh, final long instanceLow)
    {
        return link.peerInstanceHigh() == instanceHigh && link.peerInstanceLow() == instanceLow;
    }

    private void end(final EdgeSlot slot, final LinkReader reader, final String reason)
    {
        drain(reader);
        slot.readers().remove(reader);
        reader.link().down(reason);
        reader.link().edge().close();
        changed = true;
    }

    /**
     * What the peer committed before its end is delivered before its end is declared: first the messages, as the Close
     * of their channel may be there too.
     */
    private void drain(final LinkReader reader)
    {
        boolean hasMore = true;
        for (int polls = 0; hasMore && reader.fault() == null && polls < DRAIN_POLLS_MAX; polls++)
        {
            hasMore = reader.pollData() > 0 || reader.pollControl(CONTROL_LIMIT, nowNs) > 0;
        }
    }

    @Override
    public void onMediumError(final Medium medium, final Throwable error)
    {
        errors.report(error);
    }

    // --- LinkListener: notes that there is news, then tells whom the links are for ---

    @Override
    public void onLinkUp(final Link link)
    {
        for (final EdgeSlot slot : slots)
        {
            if (slot.medium() == link.medium())
            {
                slot.generations.incrementRelease();
            }
        }
        changed = true;
        presence.watch(link.peerName(), link.peerInstanceHigh(), link.peerInstanceLow());
        owner.onLinkUp(link);
    }

    @Override
    public void onLinkDown(final Link link, final String reason)
    {
        changed = true;
        owner.onLinkDown(link, reason);
    }

    @Override
    public void onLinkRefused(final Link link, final MeshException error)
    {
        changed = true;
        owner.onLinkRefused(link, error);
    }

    @Override
    public void onRoutingPacket(
        final Link link, final DirectBuffer buffer, final int offset, final int length, final int templateId)
    {
        owner.onRoutingPacket(link, buffer, offset, length, templateId);
    }

    @Override
    public void onPeers(final Link link, final DirectBuffer buffer, final int offset)
    {
        owner.onPeers(link, buffer, offset);
    }

    @Override
    public void onLinkMeasured(final Link link)
    {
        changed = true;
        owner.onLinkMeasured(link);
    }

    @Override
    public void onRoundTrip(final long roundTripNs)
    {
        hops.record(roundTripNs / 2);
    }

    @Override
    public void onLinkCost(final Link link)
    {
        changed = true;
        owner.onLinkCost(link);
    }

    @Override
    public void onLinkSilent(final Link link, final boolean silent)
    {
        changed = true;
        owner.onLinkSilent(link, silent);
    }

    private long freshNonce()
    {
        final long nonce = os.nextRandom();
        return nonce == 0 ? 1 : nonce;
    }
}
