package io.aeromesh.watch;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.os.StatusFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Looks at the nodes of a base directory from outside. It joins nothing, stops nothing and needs no node of its own;
 * what it costs the nodes is that some lines of memory are fetched from their cores.
 * <pre>{@code
 * for (NodeSnapshot node : NodeWatch.read(NodeConfig.defaultBaseDirectory()).nodes())
 * {
 *     node.counters().forEach(System.out::println);
 * }
 * }</pre>
 * <b>Threading:</b> any thread; it keeps nothing.
 */
public final class NodeWatch
{
    private static final int LENGTH_MAX = 64 * 1024 * 1024;

    /**
     * What a directory holds.
     *
     * @param nodes      living ones first, then by name, then the younger first.
     * @param unreadable why a file could not be read, one for each.
     */
    public record Nodes(List<NodeSnapshot> nodes, List<MeshException> unreadable)
    {
    }

    private NodeWatch()
    {
    }

    /**
     * Reads all nodes, living and crashed. None where there is no such directory.
     *
     * @param baseDirectory that the nodes were launched with.
     * @throws MeshException DIRECTORY_UNUSABLE when it can not be read at all.
     */
    public static Nodes read(final Path baseDirectory)
    {
        final List<NodeSnapshot> nodes = new ArrayList<>();
        final List<MeshException> unreadable = new ArrayList<>();
        try
        {
            for (final StatusFiles.Entry entry : StatusFiles.list(baseDirectory))
            {
                try
                {
                    nodes.add(read(entry));
                }
                catch (final MeshException ex)
                {
                    if (Files.exists(entry.path(), LinkOption.NOFOLLOW_LINKS)) // else its node has closed meanwhile
                    {
                        unreadable.add(ex);
                    }
                }
            }
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE,
                "can not read '" + baseDirectory + "': " + Reason.of(ex), ex);
        }
        nodes.sort(Comparator.comparing(NodeSnapshot::state).thenComparing(NodeSnapshot::name)
            .thenComparing(Comparator.comparingLong(NodeSnapshot::startMs).reversed()));
        return new Nodes(List.copyOf(nodes), List.copyOf(unreadable));
    }

    /**
     * Reads one node.
     *
     * @throws MeshException STATUS_UNREADABLE when its file is gone, not whole yet, damaged or of another version.
     */
    public static NodeSnapshot read(final StatusFiles.Entry entry)
    {
        try (FileChannel channel =
            FileChannel.open(entry.path(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))
        {
            final long length = channel.size();
            if (length > LENGTH_MAX)
            {
                throw new SnapshotReader.DamagedException("it has " + length + " bytes, at most " + LENGTH_MAX);
            }
            final SnapshotReader reader = new SnapshotReader(copy(channel, 0, (int)length));
            return reader.read(entry.state(), copy(channel, reader.eventsOffset(), reader.eventsLength()));
        }
        catch (final SnapshotReader.DamagedException ex)
        {
            throw new MeshException(
                ErrorCode.STATUS_UNREADABLE, "can not read '" + entry.path() + "': " + ex.getMessage(), ex);
        }
        catch (final NoSuchFileException ex)
        {
            throw new MeshException(ErrorCode.STATUS_UNREADABLE, "'" + entry.path() + "' is gone", ex);
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.STATUS_UNREADABLE,
                "can not read '" + entry.path() + "': " + Reason.of(ex), ex);
        }
    }

    /**
     * By read, not by a mapping: a file that becomes shorter meanwhile is then no fault of memory.
     */
    private static ByteBuffer copy(final FileChannel channel, final int offset, final int length) throws IOException
    {
        final ByteBuffer copy = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        int read = 0;
        while (copy.hasRemaining() && read >= 0)
        {
            read = channel.read(copy, offset + copy.position());
        }
        return copy.clear();
    }
}
