package io.aeromesh.inproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class InprocNetworkTest
{
    private final InprocNetwork network = new InprocNetwork();

    @Test
    void shouldRefuseAThirdEndByTheNamesOfBothHolders()
    {
        final Medium first = attach(network, "left", InprocEdgeConfig.link("link"));
        attach(network, "right", InprocEdgeConfig.link("link"));

        final MeshException ex = assertThrows(
            MeshException.class, () -> attach(network, "third", InprocEdgeConfig.link("link")));
        assertEquals(ErrorCode.LINK_TAKEN, ex.code());
        assertTrue(ex.getMessage().contains("'left'") && ex.getMessage().contains("'right'"), ex.getMessage());

        first.close();
        attach(network, "third", InprocEdgeConfig.link("link"));
    }

    @Test
    void shouldRefuseAnEndWithOtherLengths()
    {
        attach(network, "left", InprocEdgeConfig.link("link"));

        final MeshException ex = assertThrows(MeshException.class,
            () -> attach(network, "right", new InprocEdgeConfig(EdgeOptions.DEFAULT, "link", 1 << 20, 1 << 14)));
        assertEquals(ErrorCode.EDGE_REFUSED, ex.code());
        assertTrue(ex.getMessage().contains("65536") && ex.getMessage().contains("1048576"), ex.getMessage());
    }

    @Test
    void shouldKeepNetworksApartAndForgetLinksWithoutEnds()
    {
        final InprocNetwork other = new InprocNetwork();
        final Medium first = attach(network, "left", InprocEdgeConfig.link("link"));
        final Medium second = attach(other, "right", InprocEdgeConfig.link("link"));
        assertEquals(1, network.linkCount());
        assertEquals(1, other.linkCount());

        first.close();
        first.close();
        second.close();

        assertEquals(0, network.linkCount());
        assertEquals(0, other.linkCount());
    }

    @Test
    void shouldBeFoundAsAService()
    {
        assertTrue(ServiceLoader.load(TransportProvider.class).stream()
            .anyMatch((provider) -> InprocTransportProvider.class == provider.type()));
        final InprocEdgeConfig config = InprocEdgeConfig.link("link");
        assertSame(config, attach(network, "left", config).config());
    }

    private static Medium attach(final InprocNetwork network, final String nodeName, final InprocEdgeConfig config)
    {
        return new InprocTransportProvider(network).open(new TransportContext(
            nodeName, MeshOs.system(), Path.of("unused"), TransportContext.Threading.INVOKED)).attach(config);
    }
}
