package io.aeromesh.tools.page;

import io.aeromesh.EdgeStatus;
import io.aeromesh.Idle;
import io.aeromesh.MeshConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.Reply;
import io.aeromesh.Topology;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.tools.process.FreeName;
import java.nio.file.Path;

/**
 * The mesh as all its nodes tell of it, asked for through a context of this machine's host, if one runs; it may come
 * and go.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class WholeMesh implements AutoCloseable
{
    /** Looks to wait after a failure that will hardly go by itself. */
    private static final int LOOKS_AFTER_FAILURE = 30;

    private final Path directory;
    private final MeshConfig mesh;
    private MeshNode context;
    private Reply<Topology> asked;
    private Topology topology;
    private String source = "";
    private int looksToWait;

    WholeMesh(final Path directory, final MeshConfig mesh)
    {
        this.directory = directory;
        this.mesh = mesh;
    }

    /**
     * Takes an answer that has come, and asks anew; attaches where that has become possible. Waits for nothing but to
     * be attached.
     */
    void look()
    {
        if (context != null && !context.isRunning())
        {
            close();
        }
        if (context == null && --looksToWait < 0)
        {
            attach();
        }
        if (context != null)
        {
            ask();
        }
    }

    private void attach()
    {
        try
        {
            context = FreeName.of("page", name -> MeshNode.attach(
                NodeConfig.named(name).mesh(mesh).baseDirectory(directory).threaded(Idle.PARKED)));
        }
        catch (final MeshException ex)
        {
            final boolean isAlone = ex.code() == ErrorCode.NO_HOST;
            source = isAlone ? "no host runs here: what other machines tell is not shown" :
                "not attached to the host: " + ex.getMessage();
            looksToWait = isAlone ? 0 : LOOKS_AFTER_FAILURE;
        }
    }

    private void ask()
    {
        final String host = NodeIds.nodeOf(context.name());
        if (context.edges().stream().noneMatch(edge -> edge.state() == EdgeStatus.State.UP))
        {
            topology = null;
            asked = null;
            source = "host " + host +
                " does not answer, as one that is stopped, gets no core or has just ended: what other " +
                "machines tell is not shown; see mesh stat";
            return;
        }
        if (asked == null)
        {
            source = "host " + host + " is being asked";
        }
        else if (asked.isDone())
        {
            take(host);
            asked = null;
        }
        try
        {
            asked = asked == null ? context.topology() : asked;
        }
        catch (final MeshException ex)
        {
            source = "the mesh could not be asked: " + ex.getMessage(); // this context has ended, and is made anew
            close();
        }
    }

    private void take(final String host)
    {
        try
        {
            topology = asked.get();
            source = "told by all nodes, asked through host " + host;
        }
        catch (final MeshException ex)
        {
            topology = null;
            source = "the mesh could not be asked: " + ex.getMessage();
        }
    }

    /**
     * The last answer, or null while there is none.
     */
    Topology topology()
    {
        return topology;
    }

    /**
     * Where it is from, or why there is none, in words.
     */
    String source()
    {
        return source;
    }

    @Override
    public void close()
    {
        if (context != null)
        {
            context.close();
        }
        context = null;
        asked = null;
        topology = null;
    }
}
