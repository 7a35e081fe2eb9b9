package io.aeromesh.tools.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.MeshConfig;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.tools.page.PictureMaker.Circumstances;
import io.aeromesh.watch.NodeWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks once a second, by a thread of its own, whether many watch or nobody, and keeps the last look as it is sent.
 */
final class Gatherer implements AutoCloseable
{
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    /** A look at many nodes takes long: then there are fewer, so that it is never more than so much of the time. */
    private static final int SHARE = 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Path directory;
    private final PictureMaker maker;
    private final WholeMesh wholeMesh;
    private final Thread thread;
    private volatile byte[] latest;
    private final Runnable onFailed;
    private volatile RuntimeException failure;
    private volatile boolean isClosing;

    /**
     * Takes the first look.
     *
     * @param directory that is looked at.
     * @param mesh      to be shown.
     * @param onFailed  called by its thread when a defect has ended the looks.
     * @throws MeshException DIRECTORY_UNUSABLE when the directory can not be read; that there is none yet is no error.
     */
    Gatherer(final Path directory, final MeshConfig mesh, final Runnable onFailed)
    {
        this.onFailed = onFailed;
        this.directory = directory.toAbsolutePath();
        maker = new PictureMaker(mesh.meshName(), this.directory.toString());
        wholeMesh = new WholeMesh(this.directory, mesh);
        latest = look(NodeWatch.read(this.directory));
        thread = MeshOs.system().newThread("page", this::run);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The last {@link Picture}, in JSON. Any thread; not to be written to.
     */
    byte[] latest()
    {
        return latest;
    }

    /**
     * The defect that has ended the looks, or null. Any thread.
     */
    RuntimeException failure()
    {
        return failure;
    }

    private void run()
    {
        try
        {
            lookOn();
        }
        catch (final RuntimeException ex)
        {
            failure = ex;
            onFailed.run();
        }
        finally
        {
            wholeMesh.close();
        }
    }

    private void lookOn()
    {
        while (!isClosing)
        {
            final long startNs = System.nanoTime();
            latest = look(read());
            final long tookNs = System.nanoTime() - startNs;
            final long untilNs = startNs + Math.max(INTERVAL_NS, tookNs * SHARE);
            while (!isClosing && untilNs - System.nanoTime() > 0)
            {
                LockSupport.parkNanos(untilNs - System.nanoTime());
            }
        }
    }

    /**
     * A directory that can not be read now may be again; the page says so meanwhile.
     */
    private NodeWatch.Nodes read()
    {
        try
        {
            return NodeWatch.read(directory);
        }
        catch (final MeshException ex)
        {
            return new NodeWatch.Nodes(List.of(), List.of(ex));
        }
    }

    private byte[] look(final NodeWatch.Nodes found)
    {
        wholeMesh.look();
        try
        {
            return json.writeValueAsBytes(maker.make(found, new Circumstances(
                System.currentTimeMillis(), System.nanoTime(), wholeMesh.source(), wholeMesh.topology())));
        }
        catch (final JsonProcessingException ex)
        {
            throw new IllegalStateException(ex); // records of numbers and texts alone
        }
    }

    @Override
    public void close()
    {
        isClosing = true;
        LockSupport.unpark(thread);
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
