package io.aeromesh.contract;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.Transport;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.NanoClock;

/**
 * One end of an edge in a contract test: a transport, a medium of it, and all that its listener was told.
 * <p>
 * <b>Threading:</b> the thread that calls {@link #doWork()}.
 */
public final class ContractEnd implements EdgeListener
{
    private enum State
    {
        OPEN, CLOSED, ABANDONED
    }

    private final String nodeName;
    private final Transport transport;
    private final Medium medium;
    private final NanoClock clock;
    private final List<Edge> ups = new ArrayList<>();
    private final List<Edge> downs = new ArrayList<>();
    private final List<Edge> live = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private State state = State.OPEN;

    ContractEnd(final String nodeName, final Transport transport, final EdgeConfig config, final NanoClock clock)
    {
        this.nodeName = nodeName;
        this.transport = transport;
        this.clock = clock;
        this.medium = transport.attach(config);
    }

    /**
     * Name of the node.
     */
    public String nodeName()
    {
        return nodeName;
    }

    /**
     * The transport, which only this end uses.
     */
    public Transport transport()
    {
        return transport;
    }

    /**
     * The medium.
     */
    public Medium medium()
    {
        return medium;
    }

    /**
     * The newest edge that is up, or null.
     */
    public Edge edge()
    {
        return live.isEmpty() ? null : live.get(live.size() - 1);
    }

    /**
     * All edges that are up now.
     */
    public List<Edge> edges()
    {
        return List.copyOf(live);
    }

    /**
     * All edges that ever came up.
     */
    public List<Edge> ups()
    {
        return ups;
    }

    /**
     * All edges that went down.
     */
    public List<Edge> downs()
    {
        return downs;
    }

    /**
     * Why they went down.
     */
    public List<String> reasons()
    {
        return reasons;
    }

    /**
     * What the medium complained of.
     */
    public List<Throwable> errors()
    {
        return errors;
    }

    /**
     * Whether the medium complained of this.
     */
    public boolean hasError(final ErrorCode code)
    {
        return errors.stream().anyMatch((error) -> error instanceof MeshException mesh && code == mesh.code());
    }

    /**
     * One duty cycle without polling lanes.
     */
    public int doWork()
    {
        if (State.OPEN != state)
        {
            return 0;
        }
        final long nowNs = clock.nanoTime();
        return transport.doWork(nowNs) + medium.doWork(nowNs, this);
    }

    /**
     * Closes this side of the newest edge that is up, as a node would.
     */
    public void closeEdge()
    {
        live.remove(live.size() - 1).close();
    }

    /**
     * Closes medium and transport. Idempotent.
     */
    public void close()
    {
        if (State.OPEN == state)
        {
            state = State.CLOSED;
            live.clear();
            medium.close();
            transport.close();
        }
    }

    @Override
    public void onEdgeUp(final Medium upMedium, final Edge edge)
    {
        ups.add(edge);
        live.add(edge);
    }

    @Override
    public void onEdgeDown(final Medium downMedium, final Edge edge, final String reason)
    {
        if (!live.remove(edge))
        {
            throw new AssertionError(nodeName + ": an edge that is not up went down: " + edge + ", " + reason);
        }
        downs.add(edge);
        reasons.add(reason);
    }

    @Override
    public void onMediumError(final Medium badMedium, final Throwable error)
    {
        errors.add(error);
    }

    @Override
    public String toString()
    {
        return nodeName + ": " + state + ", live=" + live + ", ups=" + ups.size() + ", downs=" + reasons +
            ", errors=" + errors;
    }

    void abandoned()
    {
        state = State.ABANDONED;
        live.clear();
    }
}
