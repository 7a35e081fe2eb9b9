package io.aeromesh.sim.check;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.MarkDecoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.sim.PacketWatch;
import io.aeromesh.sim.SimEdge;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.sim.SimMesh;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * {@link Rule#CONTROL_FIRST}: data and control travel on lanes of their own, and a node that runs takes control packets
 * that have come, whatever it does with data.
 */
public final class ControlChecker implements Checker, PacketWatch
{
    /** In the cycle in which a link comes up what came early is left for the next. */
    private static final int CYCLES_MAX = 3;

    private final SimMesh mesh;
    private final Findings findings;
    private final Map<SimEdge, Progress> progress = new HashMap<>();

    private static final class Progress
    {
        long polls;
        long delivered;
        int cyclesUnread;
        int cyclesUnpolled;
    }

    /**
     * @param mesh     whose links it watches.
     * @param findings to report to.
     */
    public ControlChecker(final SimMesh mesh, final Findings findings)
    {
        this.mesh = mesh;
        this.findings = findings;
    }

    @Override
    public void onPacket(
        final SimMedium at, final LaneKind lane, final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < PacketHeader.LENGTH)
        {
            return;
        }
        final int type = PacketHeader.type(buffer, offset);
        final boolean isData = type == PacketHeader.DATA || type == PacketHeader.BROADCAST ||
            type == PacketHeader.LINK && templateId(buffer, offset, length) == MarkDecoder.TEMPLATE_ID;
        if (isData != (lane == LaneKind.DATA))
        {
            findings.report(Rule.CONTROL_FIRST, "a packet of type " + type + " came on the lane for " + lane,
                at.nodeName(), at.peerName());
        }
    }

    private static int templateId(final DirectBuffer buffer, final int offset, final int length)
    {
        return length < PacketHeader.LENGTH + MessageHeaderDecoder.ENCODED_LENGTH ? -1 : buffer.getShort(
            offset + PacketHeader.LENGTH + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void afterCycle(final String nodeName)
    {
        for (final SimMedium medium : mesh.media(nodeName))
        {
            final SimEdge edge = medium.edge();
            if (edge != null)
            {
                check(medium, edge, progress.computeIfAbsent(edge, key -> new Progress()));
            }
        }
    }

    /**
     * Before a link is up, what comes waits until this end has greeted too.
     */
    private boolean isUp(final SimMedium medium)
    {
        final MeshNode node = mesh.node(medium.nodeName());
        if (node == null)
        {
            return false;
        }
        for (final EdgeStatus edge : node.edges())
        {
            if (edge.name().equals(medium.edgeName()))
            {
                return edge.state() == EdgeStatus.State.UP || edge.state() == EdgeStatus.State.SILENT;
            }
        }
        return false;
    }

    private void check(final SimMedium medium, final SimEdge edge, final Progress before)
    {
        final boolean isUnpolled = edge.control().polls() == before.polls;
        final boolean isUnread = edge.control().isDue() && edge.control().delivered() == before.delivered;
        before.cyclesUnpolled = isUnpolled && isUp(medium) ? before.cyclesUnpolled + 1 : 0;
        before.cyclesUnread = isUnread && isUp(medium) ? before.cyclesUnread + 1 : 0;
        before.polls = edge.control().polls();
        before.delivered = edge.control().delivered();
        if (before.cyclesUnpolled >= CYCLES_MAX || before.cyclesUnread >= CYCLES_MAX)
        {
            findings.report(Rule.CONTROL_FIRST, medium.nodeName() + " has not taken control packets from " +
                medium.peerName() + " in " + CYCLES_MAX + " cycles: polled " + edge.control().polls() + ", taken " +
                edge.control().delivered() + ", data taken " + edge.data().delivered(), medium.nodeName(),
                medium.peerName());
        }
    }

    /**
     * Drops what it knows of generations that are gone.
     */
    @Override
    public void afterTick()
    {
        if (progress.size() > 4 * mesh.media().size())
        {
            progress.keySet().removeIf(edge -> mesh.media().stream().noneMatch(medium -> medium.edge() == edge));
        }
    }
}
