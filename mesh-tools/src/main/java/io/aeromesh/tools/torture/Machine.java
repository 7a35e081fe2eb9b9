package io.aeromesh.tools.torture;

import io.aeromesh.tools.process.ProcessFailure;
import io.aeromesh.tools.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What this machine lets a run do, made ready; and for what it does not, the reason.
 * <p>
 * <b>Threading:</b> main thread. <b>Owns:</b> network and mount, which end with this process's namespaces.
 */
final class Machine implements AutoCloseable
{
    private static final String NOT_SANDBOXED = "namespaces of its own are not allowed here";
    /** A superuser reads and writes whatever the permissions say, unless that power is taken away. */
    private static final List<String> WITHOUT_OVERRIDE =
        List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
    private static final List<String> PID_ONE = List.of("unshare", "--pid", "--fork", "--kill-child");
    private static final int PID_ONE_OF = 3;
    /** Not those at the driver: it and its clients must see each other's process numbers, as Aeron goes by them. */
    static final List<String> PID_ONE_NODES = List.of("A", "D", "E", "F");

    private final Map<Kind, String> skipped = new EnumMap<>(Kind.class);
    private final Set<Kind> kinds;
    private final Path directory;
    private SmallMemory memory;
    private FarNetwork network;
    private WallClock clock;
    private boolean dropsOverride;

    private Machine(final Set<Kind> kinds, final Path directory)
    {
        this.kinds = kinds;
        this.directory = directory;
    }

    /**
     * Makes ready what the kinds need.
     */
    static Machine prepare(final TortureOptions options, final Workspace workspace)
    {
        try
        {
            final Machine machine = new Machine(options.kinds(), Files.createDirectory(workspace.root().resolve("m")));
            machine.prepare(options.sandboxed(), workspace);
            return machine;
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not make a directory in " + workspace.root() + ": " + ex, ex);
        }
    }

    private void prepare(final boolean sandboxed, final Workspace workspace)
    {
        if (sandboxed)
        {
            // also where nothing is to be full: it tells how much memory is in use
            memory = SmallMemory.mount(directory);
            Shell.run("ip", "link", "set", "lo", "up");
            prepareNetwork();
        }
        else
        {
            List.of(Kind.FULL, Kind.CUT, Kind.LOSS, Kind.PID_ONE).forEach(kind -> skip(kind, NOT_SANDBOXED));
        }

        final String pids = Shell.failureOf("unshare", "--pid", "--fork", "--kill-child", "true");
        if (sandboxed && !pids.isEmpty())
        {
            skip(Kind.PID_ONE, pids);
        }
        if (!kinds.contains(Kind.CLOCK))
        {
            skipped.put(Kind.CLOCK, "only by --only, as what steps it makes each look at a clock slow");
        }
        else if (WallClock.library() == null)
        {
            skip(Kind.CLOCK, "libfaketime is not there, and the machine's clock is not this run's to step");
        }
        else if (allows(Kind.CLOCK))
        {
            clock = WallClock.create(workspace.root());
        }
        prepareFiles();
    }

    private void prepareNetwork()
    {
        if (!kinds.contains(Kind.CUT) && !kinds.contains(Kind.LOSS))
        {
            return;
        }
        try
        {
            network = FarNetwork.create();
            final String loss = network.prepareLoss();
            if (!loss.isEmpty())
            {
                skip(Kind.LOSS, loss);
            }
        }
        catch (final ProcessFailure ex)
        {
            skip(Kind.CUT, ex.getMessage());
            skip(Kind.LOSS, ex.getMessage());
        }
    }

    private void prepareFiles()
    {
        if (!kinds.contains(Kind.FILES))
        {
            return;
        }
        final boolean isSuperuser = Shell.failureOf("sh", "-c", "[ $(id -u) -ne 0 ]").length() > 0;
        final String failure = isSuperuser ?
            Shell.failureOf("setpriv", WITHOUT_OVERRIDE.get(1), "true") : "";
        if (failure.isEmpty())
        {
            dropsOverride = isSuperuser;
        }
        else
        {
            skip(Kind.FILES, "a superuser's files can not be closed to it: " + failure);
        }
    }

    private void skip(final Kind kind, final String reason)
    {
        if (kinds.contains(kind))
        {
            skipped.putIfAbsent(kind, reason);
        }
    }

    /**
     * Whether it was asked for and can be done.
     */
    boolean allows(final Kind kind)
    {
        return kinds.contains(kind) && !skipped.containsKey(kind);
    }

    /**
     * What was asked for and can not be done, and why.
     */
    Map<Kind, String> skipped()
    {
        return skipped;
    }

    /**
     * Where all shared memory of the run is.
     */
    Path directory()
    {
        return directory;
    }

    /**
     * Null: this run has no file system of its own.
     */
    SmallMemory memory()
    {
        return memory;
    }

    FarNetwork network()
    {
        return network;
    }

    WallClock clock()
    {
        return clock;
    }

    String farAddress()
    {
        return network == null ? "127.0.0.1" : FarNetwork.FAR_ADDRESS;
    }

    String nearAddress()
    {
        return network == null ? "127.0.0.1" : FarNetwork.NEAR_ADDRESS;
    }

    /**
     * What stands before the command of a node's process.
     */
    List<String> prefix(final String node, final Random random)
    {
        final List<String> prefix = new ArrayList<>();
        if (network != null && "D".equals(node))
        {
            prefix.addAll(network.prefix());
        }
        if (dropsOverride)
        {
            prefix.addAll(WITHOUT_OVERRIDE);
        }
        if (allows(Kind.PID_ONE) && PID_ONE_NODES.contains(node) && random.nextInt(PID_ONE_OF) > 0)
        {
            prefix.addAll(PID_ONE);
        }
        if (clock != null && WallClock.PROCESSES.contains(node))
        {
            prefix.addAll(clock.prefix());
        }
        return prefix;
    }

    /**
     * Leaves no file of what stands before the command of a process, which is ready or has ended.
     */
    void forget(final String node, final long pid)
    {
        if (clock != null && WallClock.PROCESSES.contains(node))
        {
            clock.forget(pid);
        }
    }

    @Override
    public void close()
    {
        if (network != null)
        {
            network.close();
        }
        if (memory != null)
        {
            memory.close();
        }
    }
}
