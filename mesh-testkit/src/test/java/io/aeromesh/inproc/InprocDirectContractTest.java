package io.aeromesh.inproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.aeromesh.contract.DirectMediumContract;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.TransportProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

class InprocDirectContractTest extends DirectMediumContract
{
    private final InprocTransportProvider provider = new InprocTransportProvider(new InprocNetwork());
    private int count;

    @Override
    protected TransportProvider provider()
    {
        return provider;
    }

    @Override
    protected EdgeConfig freshPlace()
    {
        return provider.parse(EdgeUri.parse("inproc:?direct=place" + count++));
    }

    @Override
    protected List<String> badAddresses()
    {
        return List.of("inproc:link", "inproc:?direct=", "inproc:?direct=place", "inproc:?direct=a|b-00000000",
            "inproc:?direct=" + "x".repeat(21) + "-00000000");
    }

    @Test
    void shouldParseWhatItPrints()
    {
        final EdgeConfig config = provider.parse(EdgeUri.parse("inproc:?name=n|direct=here"));
        assertEquals(config, provider.parse(EdgeUri.parse(config.toUri())));
    }

    @Test
    void shouldRefuseBadPlaces()
    {
        for (final String bad : List.of("inproc:link?direct=a", "inproc:?direct=", "inproc:?direct=a/b",
            "inproc:?direct=a|data-length=65536", "inproc:?direct=a|peer=b", "inproc:?direct=a|cost=1"))
        {
            assertEquals(ErrorCode.BAD_EDGE_CONFIG,
                assertThrows(MeshException.class, () -> provider.parse(EdgeUri.parse(bad)), bad).code());
        }
    }
}
