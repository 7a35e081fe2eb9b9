package io.aeromesh.bench;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * when there is nothing to do, and meet by files and sockets as two processes do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HostContextAttach
{
    private Path directory;
    private MeshNode host;

    /** Launches the host. */
    @Setup
    public void open() throws IOException
    {
        directory = Files.createTempDirectory("mesh-attach").resolve("base");
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
     * Attaches, and detaches.
     *
     * @return the context.
     */
    @Benchmark
    public MeshNode attachAndDetach()
    {
        try (MeshNode context = MeshNode.attach(NodeConfig.named("context").baseDirectory(directory)))
        {
            while (context.edges().stream().noneMatch(edge -> edge.state() == EdgeStatus.State.UP))
            {
                Thread.yield();
            }
            return context;
        }
    }
}
