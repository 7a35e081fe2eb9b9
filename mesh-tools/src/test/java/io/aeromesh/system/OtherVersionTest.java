package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.inproc.InprocNetwork;
import io.aeromesh.inproc.InprocTransportProvider;
import io.aeromesh.os.MeshOs;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.HelloEncoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.RefuseDecoder;
import io.aeromesh.protocol.codec.RefuseReason;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A neighbour that speaks other versions of the protocol is refused by name, and told so. It is played by this test,
 * on the bare transport.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OtherVersionTest implements EdgeListener
{
    private static final int CYCLES_MAX = 1_000_000;
    private static final String LINK = "inproc:between";

    private final InprocTransportProvider provider = new InprocTransportProvider(new InprocNetwork());
    private final List<MeshException> errors = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private Edge edge;

    @TempDir
    private Path base;

    /** The version of the packet's header may differ as well: greetings of all versions have one layout. */
    @ParameterizedTest
    @ValueSource(ints = {PacketHeader.VERSION, 9})
    void shouldNameBothRangesOfVersionsAndTellThePeer(final int headerVersion)
    {
        meet(9, MeshConfig.DEFAULT.hash(), headerVersion, RefuseReason.PROTOCOL_VERSION);

        final String message = errors.get(0).getMessage();
        assertEquals(ErrorCode.EDGE_REFUSED, errors.get(0).code(), message);
        assertTrue(message.contains("'future' speaks 9..9"), message);
        assertTrue(message.contains("'present' speaks " + PacketHeader.VERSION_MIN + ".." + PacketHeader.VERSION),
            message);
        assertTrue(refusals.get(0).contains("9..9"), refusals::toString);
    }

    @Test
    void shouldNameItsMeshToWhoIsInAnother()
    {
        meet(PacketHeader.VERSION, 0xABC, PacketHeader.VERSION, RefuseReason.MESH_CONFIG);

        final String message = errors.get(0).getMessage();
        assertEquals(ErrorCode.EDGE_REFUSED, errors.get(0).code(), message);
        assertTrue(message.contains("'present' is in mesh 'default' with hop limit 64, its peer 'future' is not"),
            message);
        assertTrue(message.contains("(hash abc, not " + Long.toHexString(MeshConfig.DEFAULT.hash()) + ")"), message);
        assertTrue(refusals.get(0).contains("'present' is in mesh 'default'"), refusals::toString);
    }

    private void meet(final int version, final long configHash, final int headerVersion, final RefuseReason expected)
    {
        final NodeListener listener = new NodeListener()
        {
            @Override
            public void onError(final MeshException error)
            {
                errors.add(error);
            }
        };
        try (MeshNode node = MeshNode.launch(NodeConfig.named("present").baseDirectory(base).listener(listener)
            .provider(provider).edge(LINK).invoked());
            Transport transport = provider.open(
                new TransportContext("future", MeshOs.system(), base, TransportContext.Threading.INVOKED));
            Medium medium = transport.attach(provider.parse(EdgeUri.parse(LINK))))
        {
            boolean isGreeted = false;
            for (int i = 0; i < CYCLES_MAX && (errors.isEmpty() || refusals.isEmpty()); i++)
            {
                node.doWork();
                medium.doWork(System.nanoTime(), this);
                if (edge != null && !isGreeted)
                {
                    isGreeted = true;
                    greet(version, configHash, headerVersion);
                }
                if (edge != null)
                {
                    edge.control().poll((buffer, offset, length) -> onPacket(buffer, offset, expected), 10);
                }
            }
            assertEquals(1, errors.size(), () -> node.errors() + " " + refusals);
            assertEquals(1, refusals.size(), () -> node.errors() + " " + node.edges());
            assertEquals(EdgeStatus.State.REFUSED, node.edges().get(0).state());
        }
    }

    private void greet(final int version, final long configHash, final int headerVersion)
    {
        final byte[] name = "future".getBytes(StandardCharsets.UTF_8);
        final int offset = edge.control().tryClaim(PacketHeader.LENGTH + MessageHeaderEncoder.ENCODED_LENGTH +
            HelloEncoder.BLOCK_LENGTH + HelloEncoder.nameHeaderLength() + name.length +
            HelloEncoder.edgeNameHeaderLength() + name.length);
        assertTrue(offset >= 0, () -> "claim gave " + offset);
        final HelloEncoder hello = new HelloEncoder();
        PacketHeader.write(edge.control().buffer(), offset, PacketHeader.LINK, 1, 0, 0, NodeIds.idOf("future"), 0, 0);
        edge.control().buffer().putByte(offset, (byte)headerVersion);
        hello.wrapAndApplyHeader(edge.control().buffer(), offset + PacketHeader.LENGTH, new MessageHeaderEncoder())
            .protocolVersionMin((short)version)
            .protocolVersionMax((short)version)
            .nodeId(NodeIds.idOf("future"));
        hello.instance().high(1).low(2);
        hello.incarnation(1).configHash(configHash).nonce(77).peerNonce(0)
            .putName(name, 0, name.length).putEdgeName(name, 0, name.length);
        edge.control().commit();
    }

    private PacketHandler.Action onPacket(final DirectBuffer buffer, final int offset, final RefuseReason expected)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        header.wrap(buffer, offset + PacketHeader.LENGTH);
        if (header.templateId() == RefuseDecoder.TEMPLATE_ID)
        {
            final RefuseDecoder refusal =
                new RefuseDecoder().wrapAndApplyHeader(buffer, offset + PacketHeader.LENGTH, header);
            assertEquals(77, refusal.peerNonce());
            assertEquals(expected, refusal.reason());
            refusals.add(refusal.detail());
        }
        return PacketHandler.Action.CONTINUE;
    }

    @Override
    public void onEdgeUp(final Medium medium, final Edge newEdge)
    {
        edge = newEdge;
    }

    @Override
    public void onEdgeDown(final Medium medium, final Edge oldEdge, final String reason)
    {
        edge = null;
    }

    @Override
    public void onMediumError(final Medium medium, final Throwable error)
    {
        throw new AssertionError(error);
    }
}
