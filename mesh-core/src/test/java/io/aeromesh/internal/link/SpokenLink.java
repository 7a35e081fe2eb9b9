package io.aeromesh.internal.link;

import io.aeromesh.inproc.InprocEdgeConfig;
import io.aeromesh.inproc.InprocNetwork;
import io.aeromesh.inproc.InprocTransportProvider;
import io.aeromesh.os.MeshOs;
import io.aeromesh.protocol.codec.HelloEncoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportContext.Threading;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * For a link whose peer says by hand what it says.
 */
public final class SpokenLink
{
    private SpokenLink()
    {
    }

    /**
     * Brings up an edge between two nodes.
     *
     * @param listener told of it, at the first last.
     * @return the medium of the first.
     */
    public static Medium join(final EdgeListener listener, final String first, final String second)
    {
        final InprocNetwork network = new InprocNetwork();
        final Medium medium = attach(network, first);
        final Medium other = attach(network, second);
        for (int i = 0; i < 2; i++)
        {
            other.doWork(0, listener);
            medium.doWork(0, listener);
        }
        return medium;
    }

    private static Medium attach(final InprocNetwork network, final String node)
    {
        return new InprocTransportProvider(network)
            .open(new TransportContext(node, MeshOs.system(), Path.of("unused"), Threading.INVOKED))
            .attach(InprocEdgeConfig.link("link"));
    }

    /**
     * The peer says who it is, and that it has seen the link's nonce.
     */
    public static void hear(final Link link, final NodeSelf from, final long nonce)
    {
        final UnsafeBuffer packet = new UnsafeBuffer(new byte[512]);
        final HelloEncoder hello = new HelloEncoder().wrapAndApplyHeader(packet, 0, new MessageHeaderEncoder());
        hello.protocolVersionMin((short)1).protocolVersionMax((short)1).nodeId(from.id())
            .instance().high(from.instanceHigh()).low(from.instanceLow());
        hello.incarnation(1).configHash(from.configHash()).nonce(nonce).peerNonce(link.nonce()).name(from.name())
            .edgeName("");
        link.onMessage(packet, 0, MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength(), 0);
    }
}
