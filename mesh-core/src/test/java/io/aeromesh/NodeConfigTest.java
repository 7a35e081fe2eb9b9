package io.aeromesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigTest
{
    @Test
    void shouldRefuseAnEdgeToTheNodeItself()
    {
        final NodeConfig config = NodeConfig.named("a").edge("inproc:x?peer=b");

        final MeshException refusal = assertThrows(MeshException.class, () -> config.edge("inproc:y?peer=a"));

        assertEquals(ErrorCode.BAD_EDGE_CONFIG, refusal.code());
        assertTrue(refusal.getMessage().contains("inproc:y?peer=a: peer is 'a'"), refusal.getMessage());
    }

    /** As in a container, whose applications have class loaders of their own. */
    @Test
    void shouldFindATransportThatOnlyTheThreadsClassLoaderSees(@TempDir final Path parent) throws IOException
    {
        final NodeConfig config = NodeConfig.named("a");
        assertEquals(ErrorCode.UNKNOWN_TRANSPORT,
            assertThrows(MeshException.class, () -> config.edge("applications:x")).code());
        final Path services = Files.createDirectories(parent.resolve("META-INF/services"));
        Files.writeString(services.resolve(TransportProvider.class.getName()), ApplicationsTransport.class.getName());
        final Thread thread = Thread.currentThread();
        final ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {parent.toUri().toURL()}, before))
        {
            thread.setContextClassLoader(loader);

            assertEquals("applications:x", config.edge("applications:x").edges().get(0).toUri());
        }
        finally
        {
            thread.setContextClassLoader(before);
        }
    }

    /** Only parses. */
    public static final class ApplicationsTransport implements TransportProvider
    {
        private record Config(EdgeOptions options, String toUri) implements EdgeConfig
        {
            @Override
            public String scheme()
            {
                return "applications";
            }
        }

        @Override
        public String scheme()
        {
            return "applications";
        }

        @Override
        public Set<Capability> capabilities(final EdgeConfig config)
        {
            return Set.of();
        }

        @Override
        public EdgeConfig parse(final EdgeUri uri)
        {
            return new Config(EdgeOptions.DEFAULT, uri.text());
        }

        @Override
        public Transport open(final TransportContext context)
        {
            throw new UnsupportedOperationException();
        }
    }
}
