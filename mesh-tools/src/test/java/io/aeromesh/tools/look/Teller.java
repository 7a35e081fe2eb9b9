package io.aeromesh.tools.look;

import io.aeromesh.StatusConfig;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.StatusMemory;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshEvent;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.status.NodeStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A node without an agent: its file says what the test says.
 */
public final class Teller implements AutoCloseable
{
    public static final String MESH = "default";
    private static final StatusConfig CONFIG = new StatusConfig(64, 16, 1);

    private final String name;
    private final HostPresence presence;
    private final StatusMemory memory;
    private final NodeStatus status;
    private final Map<String, AtomicCounter> counters = new HashMap<>();

    public Teller(final Path base, final String name)
    {
        this(base, MESH, name);
    }

    public Teller(final Path base, final String mesh, final String name)
    {
        this.name = name;
        presence = MeshOs.system().claimName(base, mesh, name, 1, name.hashCode());
        memory = presence.openStatus(NodeStatus.length(CONFIG));
        status = new NodeStatus(
            new NodeStatus.Subject(name, mesh, 1, name.hashCode()), CONFIG, memory, MeshOs.system());
    }

    public Teller count(final MeshCounter counter, final String owner, final long value)
    {
        counters.computeIfAbsent(counter + owner,
            key -> owner.isEmpty() ? status.counters().node(counter) :
                status.counters().allocate(counter, "node " + name + " " + owner))
            .setRelease(value);
        return this;
    }

    public Teller note(final MeshEvent event, final String subject, final String detail, final long value)
    {
        status.events().note(event, subject, detail, value);
        return this;
    }

    public Teller edgeUp(final String edge, final String peer)
    {
        return note(MeshEvent.EDGE_UP, edge, peer, 0);
    }

    public Teller fail(final String why)
    {
        new DistinctErrorLog(status.errorBuffer(), () -> 77, StandardCharsets.UTF_8)
            .record(new IllegalStateException(why));
        return this;
    }

    public Teller took(final MeshHistogram histogram, final long timeNs)
    {
        status.times(histogram).record(timeNs);
        return this;
    }

    /** As the kernel would: the lock goes, the file stays. */
    public void crash()
    {
        memory.keep();
        presence.close();
    }

    @Override
    public void close()
    {
        status.close();
        presence.close();
    }
}
