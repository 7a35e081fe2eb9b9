package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fake.ForwardingOs;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeron.Aeron;
import io.aeron.exceptions.AeronException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        try (DriverConnection connection = connection())
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

    @Test
    void shouldLoseItsStreamsAndNothingElseWhenTheClientGivesItselfUp()
    {
        final List<Throwable> errors = new ArrayList<>();
        try (DriverConnection connection = connection())
        {
            connection.doWork(0);
            final AeronMedium medium = new AeronMedium((AeronEdgeConfig)new AeronTransportProvider()
                .parse(EdgeUri.parse("aeron:ipc?stream=7")), connection, context());
            medium.doWork(0, new Errors(errors)); // asks for its streams, and nobody has answered yet
            final Aeron first = connection.client();

            aheadNs = TimeUnit.HOURS.toNanos(1);
            first.conductorAgentInvoker().invoke();
            assertThrows(AeronException.class, () -> first.getSubscription(0));
            medium.doWork(1, new Errors(errors));
            connection.doWork(2);
            medium.doWork(2, new Errors(errors));
            medium.close();

            assertNotSame(first, connection.client());
            assertEquals(List.of(ErrorCode.DRIVER_LOST),
                errors.stream().map(error -> ((MeshException)error).code()).toList());
        }
    }

    private DriverConnection connection()
    {
        final Path dir = directory.resolve("driver");
        return new DriverConnection(dir.toString(),
            DriverLauncher.launch(MeshOs.system(), dir, Threading.INVOKED, DriverSettings.DEFAULT), context(),
            DriverSettings.DEFAULT);
    }

    private TransportContext context()
    {
        return new TransportContext("node", new ForwardingOs(MeshOs.system())
        {
            @Override
            public NanoClock nanoClock()
            {
                return () -> System.nanoTime() + aheadNs;
            }
        }, directory, Threading.INVOKED);
    }

    /** Of a medium that comes to no edge. */
    private record Errors(List<Throwable> all) implements EdgeListener
    {
        @Override
        public void onEdgeUp(final Medium medium, final Edge edge)
        {
            throw new AssertionError("edge up");
        }

        @Override
        public void onEdgeDown(final Medium medium, final Edge edge, final String reason)
        {
            throw new AssertionError("edge down");
        }

        @Override
        public void onMediumError(final Medium medium, final Throwable error)
        {
            all.add(error);
        }
    }
}
