package io.aeromesh.bench;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A context that attaches to a host, is there for others, and detaches. Both have threads of their own, which sleep
 * when there is nothing to do, and meet by files and sockets as two processes do, where files of nodes lie by default.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HostContextAttach
{
    private static final long LOOK_INTERVAL_NS = 20_000;

    private Path directory;
    private MeshNode host;

    /** Launches the host. */
    @Setup
    public void open() throws IOException
    {
        directory =
            Files.createTempDirectory(NodeConfig.baseDirectoryOf("attach").getParent(), "mesh-attach").resolve("base");
        host = MeshNode.launch(NodeConfig.named("host").baseDirectory(directory).hosting());
    }

    /** Closes it, and leaves no files. */
    @TearDown
    public void close()
    {
        host.close();
        IoUtil.delete(directory.getParent().toFile(), true);
    }

    /**
     * Until the context may open channels; it is closed outside the measured time.
     *
     * @return the context.
     */
    @Benchmark
    public MeshNode attach(final Attached attached)
    {
        attached.attach(directory);
        return attached.context;
    }

    /**
     * Until the host has taken it in, too.
     *
     * @return the context.
     */
    @Benchmark
    public MeshNode attachAndLink(final Attached attached)
    {
        attached.attach(directory);
        attached.awaitLink();
        return attached.context;
    }

    /** Until all that the context had is free. */
    @Benchmark
    public void detach(final Linked linked)
    {
        linked.close();
    }

    /** A context that is attached in the measured time. */
    @State(Scope.Thread)
    public static class Attached
    {
        MeshNode context;

        void attach(final Path directory)
        {
            context = MeshNode.attach(NodeConfig.named("context").baseDirectory(directory));
        }

        void awaitLink()
        {
            while (context.edges().stream().noneMatch(edge -> edge.state() == EdgeStatus.State.UP))
            {
                LockSupport.parkNanos(LOOK_INTERVAL_NS); // leaves the two cores to the two agents
            }
        }

        /** Detaches. */
        @TearDown(Level.Invocation)
        public void close()
        {
            context.close();
        }
    }

    /** A context that was attached before. */
    @State(Scope.Thread)
    public static class Linked extends Attached
    {
        /** Attaches. */
        @Setup(Level.Invocation)
        public void open(final HostContextAttach host)
        {
            attach(host.directory);
            awaitLink();
        }
    }
}
