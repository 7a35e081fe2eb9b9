package io.aeromesh.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.DirectMedium;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link DirectMedium} owes beside what its edges do. The test thread runs all duty cycles.
 */
@Timeout(120)
public abstract class DirectMediumContract
{
    private static final long DEADLINE_NS = 10_000_000_000L;
    private static final int CYCLES_WITHOUT_MEETING = 2_000;

    /** Removed after each test. */
    @TempDir
    protected Path tempDirectory;

    private final MeshOs os = MeshOs.system();
    private final List<Place> places = new ArrayList<>();

    /**
     * Of the transport under test. Called for each node.
     */
    protected abstract TransportProvider provider();

    /**
     * Configuration of a place that no other node of the test has.
     */
    protected abstract EdgeConfig freshPlace();

    /**
     * Addresses of this transport's scheme that can not be right.
     */
    protected abstract List<String> badAddresses();

    /** A node with its place. */
    private final class Place
    {
        final Transport transport;
        final DirectMedium medium;
        final List<End> ends = new ArrayList<>();

        Place(final String node)
        {
            transport = provider().open(new TransportContext(
                node, os, tempDirectory.resolve("base"), TransportContext.Threading.INVOKED));
            medium = (DirectMedium)transport.attach(freshPlace());
            places.add(this);
        }

        End join(final String peer, final String own, final String other)
        {
            final End end = new End(medium.join(peer, own, other));
            ends.add(end);
            return end;
        }

        void leave(final End end)
        {
            ends.remove(end);
            end.medium.close();
        }

        void doWork()
        {
            final long nowNs = os.nanoClock().nanoTime();
            transport.doWork(nowNs);
            ends.forEach(end -> end.medium.doWork(nowNs, end));
        }
    }

    /** One end of a stream. */
    private static final class End implements EdgeListener
    {
        final Medium medium;
        final List<Throwable> errors = new ArrayList<>();
        Edge edge;
        int downs;

        End(final Medium medium)
        {
            this.medium = medium;
        }

        @Override
        public void onEdgeUp(final Medium up, final Edge newEdge)
        {
            edge = newEdge;
        }

        @Override
        public void onEdgeDown(final Medium down, final Edge oldEdge, final String reason)
        {
            downs++;
            edge = null;
            oldEdge.close();
        }

        @Override
        public void onMediumError(final Medium bad, final Throwable error)
        {
            errors.add(error);
        }
    }

    @AfterEach
    void closeAll()
    {
        for (final Place place : places)
        {
            place.ends.forEach(end -> end.medium.close());
            place.medium.close();
            place.transport.close();
        }
    }

    @Test
    void shouldJoinTwoPlacesByTheirAddresses()
    {
        final Place a = new Place("node-a");
        final Place b = new Place("node-b");
        final String addressA = a.medium.newAddress();
        final String addressB = b.medium.newAddress();

        final End atA = a.join("node-b", addressA, addressB);
        final End atB = b.join("node-a", addressB, addressA);

        assertEquals("node-b", atA.medium.config().options().peer());
        assertEquals("node-a", atB.medium.config().options().peer());
        awaitUp(atA, atB);
        exchange(atA, atB);
    }

    @Test
    void shouldKeepPairsApart()
    {
        final Place a = new Place("node-a");
        final Place b = new Place("node-b");
        final Place c = new Place("node-c");
        final String forB = a.medium.newAddress();
        final String forC = a.medium.newAddress();
        final String addressB = b.medium.newAddress();
        final String addressC = c.medium.newAddress();

        final End withB = a.join("node-b", forB, addressB);
        final End withC = a.join("node-c", forC, addressC);
        final End atB = b.join("node-a", addressB, forB);
        final End atC = c.join("node-a", addressC, forC);

        awaitUp(withB, withC, atB, atC);
        exchange(withB, atB);
        exchange(withC, atC);
        a.leave(withB);
        await("down", () -> atB.downs == 1);
        exchange(withC, atC);
        assertEquals(0, atC.downs + withC.downs);
    }

    @Test
    void shouldComeUpAgainWhenTheSameAddressesAreJoinedAnew()
    {
        final Place a = new Place("node-a");
        final Place b = new Place("node-b");
        final String addressA = a.medium.newAddress();
        final String addressB = b.medium.newAddress();
        final End first = a.join("node-b", addressA, addressB);
        final End atB = b.join("node-a", addressB, addressA);
        awaitUp(first, atB);

        a.leave(first);
        await("down", () -> atB.downs == 1);
        final End second = a.join("node-b", addressA, addressB);

        awaitUp(second, atB);
        exchange(second, atB);
    }

    @Test
    void shouldMeetNobodyWithoutTheAddressThatWasDrawnForIt()
    {
        final Place a = new Place("node-a");
        final Place b = new Place("node-b");
        final String addressA = a.medium.newAddress();
        final String addressB = b.medium.newAddress();

        final End atA = a.join("node-b", addressA, addressB);
        final End atB = b.join("node-a", addressB, a.medium.newAddress());
        for (int i = 0; i < CYCLES_WITHOUT_MEETING; i++)
        {
            doWork();
        }

        assertNull(atA.edge);
        assertNull(atB.edge);
    }

    @Test
    void shouldDrawAnotherAddressEachTime()
    {
        final Place a = new Place("node-a");
        final Set<String> drawn = new HashSet<>();
        for (int i = 0; i < 1_000; i++)
        {
            final String address = a.medium.newAddress();
            assertTrue(drawn.add(address), address);
            assertTrue(address.length() <= DirectMedium.ADDRESS_LENGTH_MAX, address);
            assertTrue(address.startsWith(provider().scheme() + ":"), address);
        }
    }

    @Test
    void shouldRefuseAddressesThatCanNotBeRight()
    {
        final Place a = new Place("node-a");
        final List<String> all = new ArrayList<>(badAddresses());
        all.addAll(List.of("", "nonsense", ":", "?", "other:place?direct=x", "x".repeat(300)));
        for (final String bad : all)
        {
            final String own = a.medium.newAddress();
            assertNotNull(assertThrows(MeshException.class, () -> a.medium.join("node-b", own, bad), bad).getMessage());
        }
    }

    private void exchange(final End one, final End other)
    {
        send(one.edge.data(), 1);
        send(one.edge.control(), 2);
        send(other.edge.data(), 3);
        send(other.edge.control(), 4);
        receive(other.edge.data(), 1);
        receive(other.edge.control(), 2);
        receive(one.edge.data(), 3);
        receive(one.edge.control(), 4);
    }

    private void send(final Lane lane, final int value)
    {
        await("room", () ->
        {
            final int offset = lane.tryClaim(Integer.BYTES);
            if (offset >= 0)
            {
                lane.buffer().putInt(offset, value);
                lane.commit();
            }
            return offset >= 0;
        });
    }

    private void receive(final Lane lane, final int value)
    {
        final int[] got = {0};
        await("packet " + value, () -> lane.poll((buffer, offset, length) ->
        {
            got[0] = buffer.getInt(offset);
            return PacketHandler.Action.CONTINUE;
        }, 1) == 1);
        assertEquals(value, got[0]);
    }

    private void awaitUp(final End... ends)
    {
        await("up", () -> List.of(ends).stream().allMatch(end -> end.edge != null));
    }

    private void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            doWork();
            if (System.nanoTime() - deadlineNs > 0)
            {
                fail("awaited in vain: " + what + "; errors " +
                    places.stream().flatMap(place -> place.ends.stream()).flatMap(end -> end.errors.stream()).toList());
            }
        }
    }

    private void doWork()
    {
        places.forEach(Place::doWork);
    }
}
