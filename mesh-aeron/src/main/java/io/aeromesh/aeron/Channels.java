package io.aeromesh.aeron;

/**
 * Aeron channel URIs of a medium. Stateless.
 */
final class Channels
{
    private static final int IPC_CONTROL_MTU = AeronOptions.mtuMax(AeronOptions.CONTROL_TERM_LENGTH);
    static final int UDP_MTU = 1408;

    private Channels()
    {
    }

    static String subscription(final AeronEdgeConfig config)
    {
        if (config instanceof AeronUdpEdgeConfig)
        {
            return "aeron:udp?endpoint=" + ((AeronUdpEdgeConfig)config).endpoint() + "|reliable=true";
        }
        if (config instanceof AeronMulticastEdgeConfig)
        {
            return multicast((AeronMulticastEdgeConfig)config) + "|reliable=true";
        }
        return "aeron:ipc";
    }

    static String publication(
        final AeronEdgeConfig config, final StreamKind kind, final int sessionId, final DriverSettings settings)
    {
        final int termLength =
            kind == StreamKind.DATA ? config.aeron().termLength() : AeronOptions.CONTROL_TERM_LENGTH;
        final StringBuilder uri = new StringBuilder();
        if (config instanceof AeronUdpEdgeConfig)
        {
            uri.append("aeron:udp?endpoint=").append(((AeronUdpEdgeConfig)config).remote()).append('|');
        }
        else if (config instanceof AeronMulticastEdgeConfig)
        {
            uri.append(multicast((AeronMulticastEdgeConfig)config)).append("|fc=min,t:")
                .append(settings.receiverTimeoutNs()).append("ns|");
        }
        else
        {
            uri.append("aeron:ipc?");
        }
        return uri.append("term-length=").append(termLength).append("|mtu=").append(mtu(config, kind))
            .append("|session-id=").append(sessionId).append("|sparse=false").toString();
    }

    private static int mtu(final AeronEdgeConfig config, final StreamKind kind)
    {
        final int mtu = config.aeron().mtu();
        if (config instanceof AeronIpcEdgeConfig)
        {
            return kind != StreamKind.DATA ? IPC_CONTROL_MTU :
                mtu != 0 ? mtu : AeronOptions.mtuMax(config.aeron().termLength()) & -AeronOptions.FRAME_ALIGNMENT;
        }
        return kind != StreamKind.DATA || mtu == 0 ? UDP_MTU : mtu;
    }

    private static String multicast(final AeronMulticastEdgeConfig config)
    {
        final String group = "aeron:udp?endpoint=" + config.group();
        return config.interfaceName().isEmpty() ? group : group + "|interface=" + config.interfaceName();
    }
}
