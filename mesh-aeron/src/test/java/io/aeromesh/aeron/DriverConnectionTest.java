package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.fake.ForwardingOs;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeron.Aeron;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverConnectionTest
{
    @TempDir
    private Path directory;
    private long aheadNs;

    @Test
    void shouldHaveNoClientThatHasGivenItselfUp()
    {
        final MeshOs os = new ForwardingOs(MeshOs.system())
        {
            @Override
            public NanoClock nanoClock()
            {
                return () -> System.nanoTime() + aheadNs;
            }
        };
        final Path dir = directory.resolve("driver");
        final DriverLauncher driver =
            DriverLauncher.launch(MeshOs.system(), dir, Threading.INVOKED, DriverSettings.DEFAULT);
        try (DriverConnection connection = new DriverConnection(dir.toString(), driver,
            new TransportContext("node", os, directory, Threading.INVOKED), DriverSettings.DEFAULT))
        {
            connection.doWork(0);
            final Aeron first = connection.client();
            assertNotNull(first);
            assertNull(first.getSubscription(first.asyncAddSubscription("aeron:ipc", 1)));

            aheadNs = TimeUnit.HOURS.toNanos(1); // this thread had no core for that long
            connection.doWork(1);

            assertTrue(first.isClosed());
            assertNotSame(first, connection.client());
            assertNotNull(connection.takeClientError());
            final Aeron second = connection.client();
            assertNull(second.getSubscription(second.asyncAddSubscription("aeron:ipc", 1)));
        }
    }
}
