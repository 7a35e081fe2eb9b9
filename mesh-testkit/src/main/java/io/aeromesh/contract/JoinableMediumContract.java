package io.aeromesh.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.JoinableMedium;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link JoinableMedium} owes beside what all transports do. The test thread runs all duty cycles.
 */
@Timeout(120)
public abstract class JoinableMediumContract
{
    private static final long DEADLINE_NS = 10_000_000_000L;
    private static final int EDGES_MAX = 8;
    private static final int QUIET_CYCLES = 20_000;

    /** Removed after each test. */
    @TempDir
    protected Path tempDirectory;

    private final MeshOs os = MeshOs.system();
    private final List<ContractEnd> ends = new ArrayList<>();

    /**
     * Of the transport under test. Called for each end.
     */
    protected abstract TransportProvider provider();

    /**
     * Configuration of one of several places, the same for each call.
     *
     * @param number   of the place, from 1.
     * @param edgesMax of it.
     * @param join     numbers of the places that it dials.
     */
    protected abstract EdgeConfig place(int number, int edgesMax, int... join);

    /**
     * Addresses that {@link JoinableMedium#checkAddress} must refuse.
     */
    protected abstract List<String> badAddresses();

    /**
     * Makes an end, which is closed after the test.
     */
    protected final ContractEnd attach(final String nodeName, final EdgeConfig config)
    {
        final TransportContext context = new TransportContext(
            nodeName, os, tempDirectory.resolve("base"), TransportContext.Threading.INVOKED);
        final ContractEnd end = new ContractEnd(nodeName, provider().open(context), config, os.nanoClock());
        ends.add(end);
        return end;
    }

    private ContractEnd attachFirst()
    {
        return attach("node-a", place(1, EDGES_MAX));
    }

    private ContractEnd attachSecond()
    {
        return attach("node-b", place(2, EDGES_MAX, 1));
    }

    /**
     * Runs the duty cycles of all ends until the condition holds.
     */
    protected final void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = os.nanoClock().nanoTime();
        while (!condition.getAsBoolean())
        {
            doWork();
            if (os.nanoClock().nanoTime() - startNs > DEADLINE_NS)
            {
                fail("no " + what + " within " + DEADLINE_NS + " ns: " + ends);
            }
            Thread.yield();
        }
    }

    private void awaitUp(final ContractEnd one, final ContractEnd other)
    {
        await("edge up", () -> one.edge() != null && other.edge() != null);
    }

    private void doWork()
    {
        ends.forEach(ContractEnd::doWork);
    }

    @AfterEach
    void closeEnds()
    {
        ends.forEach(ContractEnd::close);
    }

    private static JoinableMedium place(final ContractEnd end)
    {
        return (JoinableMedium)end.medium();
    }

    @Test
    void shouldTellWhoIsAtTheOtherEnd()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);

        assertEquals(place(second).address(), place(first).addressOf(first.edge()));
        assertEquals(place(first).address(), place(second).addressOf(second.edge()));
        assertEquals(List.of(place(first).address()), place(second).dialled());
        assertEquals(List.of(), place(first).dialled());

        final Edge ended = second.edge();
        place(second).hangUp(place(first).address());
        await("end", () -> second.downs().contains(ended));
        assertEquals("", place(second).addressOf(ended));
        ended.close();
    }

    @Test
    void shouldMakeOneEdgeWhereBothDial()
    {
        final ContractEnd first = attach("node-a", place(1, EDGES_MAX, 2));
        final ContractEnd second = attach("node-b", place(2, EDGES_MAX, 1));
        awaitUp(first, second);
        for (int i = 0; i < QUIET_CYCLES; i++)
        {
            doWork();
        }
        assertEquals(1, first.edges().size(), first.toString());
        assertEquals(1, second.edges().size(), second.toString());
        place(first).dial(place(second).address());
        place(first).dial(place(first).address());
        assertEquals(List.of(place(second).address()), place(first).dialled());
    }

    @Test
    void shouldEndAnEdgeThatIsGivenUpAndNotDialAgain()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge firstEdge = first.edge();
        final Edge secondEdge = second.edge();

        place(second).hangUp(place(first).address());
        place(second).hangUp(place(first).address());
        await("end at both", () -> first.downs().contains(firstEdge) && second.downs().contains(secondEdge));
        secondEdge.close();
        firstEdge.close();
        for (int i = 0; i < QUIET_CYCLES; i++)
        {
            doWork();
        }
        assertNull(second.edge());
        assertEquals(List.of(), place(second).dialled());

        place(first).dial(place(second).address());
        awaitUp(first, second);
    }

    @Test
    void shouldComeBackToAPlaceWhoseOwnerRestarts()
    {
        ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        for (int round = 0; round < 2; round++)
        {
            final Edge old = second.edge();
            first.close();
            await("end", () -> second.downs().contains(old));
            old.close();
            first = attachFirst();
            awaitUp(first, second);
        }
        assertEquals(List.of(), second.errors());
    }

    @Test
    void shouldRefuseWhoComesToAFullPlaceAndTakeItWhenThereIsRoom()
    {
        final ContractEnd first = attach("node-a", place(1, 1));
        final ContractEnd second = attach("node-b", place(2, 1, 1));
        awaitUp(first, second);
        final ContractEnd third = attach("node-c", place(3, 1, 1));

        await("refusal", () -> first.hasError(ErrorCode.PLACE_FULL));
        final String message = first.errors().get(0).getMessage();
        assertTrue(message.contains("edges-max=1") && message.contains(place(third).address()), message);
        assertNull(third.edge());
        assertEquals(1, first.edges().size());

        second.close();
        await("edge with the third", () -> third.edge() != null && first.ups().size() == 2);
    }

    @Test
    void shouldRefuseBadAddresses()
    {
        final ContractEnd first = attachFirst();
        place(first).checkAddress(place(first).address());
        assertTrue(place(first).address().length() <= JoinableMedium.ADDRESS_LENGTH_MAX);
        for (final String bad : badAddresses())
        {
            final MeshException ex = assertThrows(MeshException.class, () -> place(first).checkAddress(bad), bad);
            assertEquals(ErrorCode.BAD_EDGE_CONFIG, ex.code());
            assertTrue(ex.getMessage().contains("'" + bad + "'"), ex.getMessage());
        }
    }
}
