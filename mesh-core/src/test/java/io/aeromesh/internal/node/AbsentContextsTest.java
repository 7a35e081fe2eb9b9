package io.aeromesh.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.NodeConfig;
import io.aeromesh.NodeListener;
import io.aeromesh.StatusConfig;
import io.aeromesh.internal.routing.NodeIdentity;
import io.aeromesh.internal.routing.RoutingConfig;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.internal.session.ControlSender;
import io.aeromesh.internal.session.ProxyReplies;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.StatusMemory;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.CloseDecoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.status.NodeStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What a host knows of its contexts, where no lock tells of any.
 */
class AbsentContextsTest
{
    private static final long HOST = NodeIds.idOf("h");
    private static final long GUEST = NodeIds.idOf("h/bob:g");
    private static final long SOURCE = NodeIds.idOf("far");
    /** More than are kept in mind. */
    private static final int MANY = 2_000;

    /** Who is answered; there is no way to anybody, which is told at once. */
    private final List<Long> answered = new ArrayList<>();
    private final List<Long> died = new ArrayList<>();
    private final AbsentContexts absent = new AbsentContexts(routes(), HostPresence.NONE,
        new ProxyReplies(new ControlSender(HOST, 8), answered::add, answered::add), died::add);

    private static RoutingTable routes()
    {
        final NodeListener listener = new NodeListener()
        {
        };
        final NodeStatus status = new NodeStatus(new NodeStatus.Subject("h", "mesh", 1, 1), StatusConfig.DEFAULT,
            StatusMemory.onHeap(NodeStatus.length(StatusConfig.DEFAULT)), MeshOs.system());
        final ErrorReporter errors =
            new ErrorReporter(new UnsafeBuffer(ByteBuffer.allocateDirect(8 * 1024)), () -> 1, listener);
        return new RoutingTable(RoutingConfig.defaults(), new NodeIdentity(HOST, "h", 1, 1, 1),
            new RouteWatch("h", listener, errors, status.counters()));
    }

    @Test
    void shouldTellEachWhoHadASessionWithItOnce()
    {
        absent.onPassedOn(GUEST, SOURCE, 1, AckDecoder.TEMPLATE_ID);
        absent.onPassedOn(GUEST, SOURCE, 1, AckDecoder.TEMPLATE_ID);
        absent.onPassedOn(GUEST, SOURCE, 0, OpenDecoder.TEMPLATE_ID);
        absent.onDown(GUEST, true);
        absent.doWork(0);
        assertEquals(List.of(SOURCE), answered);

        absent.onUp(GUEST);
        absent.onDown(GUEST, true);
        absent.doWork(1);
        assertEquals(List.of(SOURCE), answered);
    }

    @Test
    void shouldNotTellWhoseSessionWithItIsOver()
    {
        absent.onPassedOn(GUEST, SOURCE, 1, AckDecoder.TEMPLATE_ID);
        absent.onPassedOn(GUEST, SOURCE, 1, CloseDecoder.TEMPLATE_ID);
        absent.onDown(GUEST, true);
        absent.doWork(0);

        assertEquals(List.of(GUEST), died);
        assertEquals(List.of(), answered);
    }

    /** Their links may be found down in one cycle, and their locks be free a little later. */
    @Test
    void shouldAskAfterAllThatWereLinked()
    {
        for (int i = 0; i < NodeConfig.CONTEXTS_LIMIT; i++)
        {
            absent.onDown(NodeIds.idOf("h/bob:c" + i), true);
        }
        absent.doWork(0);

        assertEquals(NodeConfig.CONTEXTS_LIMIT, died.size());
    }

    @Test
    void shouldRememberThatOneOfAnotherUserHasDiedHoweverManyOthersAreGone()
    {
        absent.onDown(GUEST, true);
        absent.doWork(0);
        assertEquals(List.of(GUEST), died);

        for (int i = 0; i < MANY; i++)
        {
            absent.onDown(NodeIds.idOf("h/c" + i), false);
        }
        absent.onData(GUEST, SOURCE, 1);
        absent.doWork(1);

        assertEquals(List.of(SOURCE), answered);
    }
}
