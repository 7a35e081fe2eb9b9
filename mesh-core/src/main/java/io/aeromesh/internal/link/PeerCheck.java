package io.aeromesh.internal.link;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.HelloDecoder;
import io.aeromesh.protocol.codec.RefuseReason;

/**
 * Decides whether the node at the other end of an edge may be a neighbour. Stateless.
 */
final class PeerCheck
{
    private PeerCheck()
    {
    }

    /**
     * Why not, for both ends to report.
     *
     * @param code   of the error here.
     * @param reason told to the peer.
     * @param detail with the values of both.
     */
    record Refusal(ErrorCode code, RefuseReason reason, String detail)
    {
    }

    /**
     * Checks a greeting.
     *
     * @param greeting     of the peer; its texts are not read.
     * @param peerName     from it.
     * @param self         this node.
     * @param expectedPeer name of the only node allowed; empty: any.
     * @param edgeName     at this node, for people.
     * @param peerUser     that runs the peer, where it is another than this node's; else empty.
     * @return why the peer is refused, or null.
     */
    static Refusal check(
        final HelloDecoder greeting,
        final String peerName,
        final NodeSelf self,
        final String expectedPeer,
        final String edgeName,
        final String peerUser)
    {
        final int versionMin = greeting.protocolVersionMin();
        final int versionMax = greeting.protocolVersionMax();
        final long peerId = greeting.nodeId();
        if (versionMax < PacketHeader.VERSION_MIN || versionMin > PacketHeader.VERSION)
        {
            return new Refusal(ErrorCode.EDGE_REFUSED, RefuseReason.PROTOCOL_VERSION,
                "protocol version differs: peer '" + peerName + "' speaks " + versionMin + ".." + versionMax + ", '" +
                    self.name() + "' speaks " + PacketHeader.VERSION_MIN + ".." + PacketHeader.VERSION);
        }
        if (greeting.configHash() != self.configHash())
        {
            return new Refusal(ErrorCode.EDGE_REFUSED, RefuseReason.MESH_CONFIG,
                "'" + self.name() + "' is in mesh '" + self.mesh().meshName() + "' with hop limit " +
                    self.mesh().hopLimit() + ", its peer '" + peerName + "' is not: its mesh has another name or hop " +
                    "limit (hash " + Long.toHexString(greeting.configHash()) + ", not " +
                    Long.toHexString(self.configHash()) + ")");
        }
        if (peerName.equals(self.name()))
        {
            return new Refusal(ErrorCode.NAME_TAKEN, RefuseReason.DUPLICATE_NAME,
                "name '" + peerName + "' is taken by two live nodes, instances " +
                    hex(greeting.instance().high(), greeting.instance().low()) + " and " +
                    hex(self.instanceHigh(), self.instanceLow()));
        }
        if (peerId == self.id() || peerId != idOrNone(peerName))
        {
            return new Refusal(ErrorCode.NODE_ID_COLLISION, RefuseReason.ID_COLLISION,
                "node id " + Long.toHexString(peerId) + " of peer '" + peerName + "' and " +
                    Long.toHexString(self.id()) + " of '" + self.name() + "'");
        }
        if (NodeIds.isContext(peerId) ? NodeIds.nodeOf(peerId) != self.id() :
            NodeIds.isContext(self.id()) && NodeIds.nodeOf(self.id()) != peerId)
        {
            return new Refusal(ErrorCode.EDGE_REFUSED, RefuseReason.WRONG_PEER, "peer is '" + peerName +
                "', edge '" + edgeName + "' is of '" + self.name() + "': a context has edges to its own node alone");
        }
        if (!peerUser.isEmpty() && !NodeIds.isContext(self.id()) && !isContextOf(peerUser, peerName, self))
        {
            return new Refusal(ErrorCode.USER_REFUSED, RefuseReason.WRONG_PEER, "peer is '" + peerName +
                "' of user '" + peerUser + "', who may attach to '" + self.name() + "' as a context called '" +
                self.name() + NodeIds.CONTEXT_SEPARATOR + peerUser + NodeIds.USER_SEPARATOR + "NAME' alone");
        }
        if (!expectedPeer.isEmpty() && !expectedPeer.equals(peerName))
        {
            return new Refusal(ErrorCode.EDGE_REFUSED, RefuseReason.WRONG_PEER,
                "peer is '" + peerName + "', edge '" + edgeName + "' of '" + self.name() + "' allows only '" +
                    expectedPeer + "'");
        }
        return null;
    }

    private static boolean isContextOf(final String user, final String peerName, final NodeSelf self)
    {
        final String prefix = self.name() + NodeIds.CONTEXT_SEPARATOR + user + NodeIds.USER_SEPARATOR;
        return peerName.startsWith(prefix) && peerName.length() > prefix.length();
    }

    private static long idOrNone(final String name)
    {
        try
        {
            return NodeIds.idOf(name);
        }
        catch (final MeshException badName)
        {
            return NodeIds.NONE;
        }
    }

    private static String hex(final long high, final long low)
    {
        return String.format("%016x%016x", high, low);
    }
}
