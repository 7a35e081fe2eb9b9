package io.aeromesh.spi;

import io.aeromesh.aeron.AeronTransportProvider;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.inproc.InprocTransportProvider;
import io.aeromesh.shm.ShmTransportProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Any text as an edge URI of each transport, and as the address that a peer tells for a direct stream. It is refused
 * with a reason, or is a configuration whose own text means the same again.
 */
public final class EdgeUriFuzz
{
    private static final int LENGTH_MAX = 512;
    private static final List<String> PREFIXES = List.of("", "inproc:a?", "inproc:?direct=", "shm:a?",
        "aeron:ipc?", "aeron:udp?endpoint=a:1|remote=b:2|", "aeron:udp?group=224.0.1.1:1|", "aeron:udp?direct=a:1|");
    private static final List<TransportProvider> PROVIDERS =
        List.of(new InprocTransportProvider(), new ShmTransportProvider(), new AeronTransportProvider());

    private EdgeUriFuzz()
    {
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(1 << 20, bytes, EdgeUriFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final FuzzInput input = new FuzzInput(bytes);
        final String text = PREFIXES.get(input.below(PREFIXES.size())) +
            new String(input.bytes(LENGTH_MAX), StandardCharsets.UTF_8);
        try
        {
            final EdgeUri uri = EdgeUri.parse(text);
            for (final TransportProvider provider : PROVIDERS)
            {
                if (provider.scheme().equals(uri.scheme()))
                {
                    parse(provider, uri);
                }
            }
        }
        catch (final MeshException refused)
        {
            Must.hold(refused.code() == ErrorCode.BAD_EDGE_CONFIG || refused.code() == ErrorCode.BAD_CONFIG,
                "refused as " + refused.code());
        }
    }

    private static void parse(final TransportProvider provider, final EdgeUri uri)
    {
        final EdgeConfig config = provider.parse(uri);
        EdgeConfig again = null;
        try
        {
            again = provider.parse(EdgeUri.parse(config.toUri()));
        }
        catch (final MeshException refused)
        {
            throw new AssertionError("its own text is refused: " + config.toUri(), refused);
        }
        Must.hold(config.equals(again), "its own text means something else");
        provider.capabilities(config);
    }
}
