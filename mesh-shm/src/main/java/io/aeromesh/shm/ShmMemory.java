package io.aeromesh.shm;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.os.NameLocks;
import io.aeromesh.spi.NamedRegion;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Files of one node, mapped by processes of one user and host:
 * <pre>
 *   BASE/memory/NODE/ID.mem          memory
 *   BASE/memory/NODE/INSTANCE.node   empty: which instance the name belongs to
 *   BASE/memory/NODE/INSTANCE.held   empty, locked: an instance that is closed and lingers, as it has memory of others
 * </pre>
 * {@code NODE} is 16 hex digits hashed from the names of mesh and node, {@code ID} 16 random ones, {@code INSTANCE} the
 * node's 32. The directories are of mode 0700, the files 0600. A file is named until its creator unlinks it or closes;
 * what a killed process left is deleted by whoever sweeps after it and by the next node on this host that starts.
 * Whether an instance lives is whether the first is there and its name is locked, or the second is, and is itself.
 * <p>
 * <b>Sweeping</b> lists first, then asks for the lock: who made what was listed held the name then, so if nobody holds
 * it now, all of that is of the dead. Asked the other way round, a node that starts in between would lose its files.
 * <p>
 * <b>Threading:</b> any thread; its own lock guards the set of names, for set-up only.
 */
final class ShmMemory implements SharedMemory
{
    private static final String SUFFIX = ".mem";
    private static final int OPEN_ATTEMPTS = 10;
    private static final String INSTANCE_SUFFIX = ".node";
    private static final String LINGERING_SUFFIX = ".held";
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{16}\\" + SUFFIX + "|[0-9a-f]{32}(\\" +
        INSTANCE_SUFFIX + "|\\" + LINGERING_SUFFIX + ")");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final SharedMemoryProvider.Context context;
    private final ShmDirectory all;
    private final ShmDirectory own;
    private final long token;
    private final Set<Path> named = new HashSet<>();
    private boolean isClosed;

    private ShmMemory(
        final SharedMemoryProvider.Context context, final ShmDirectory all, final ShmDirectory own, final long token)
    {
        this.context = context;
        this.all = all;
        this.own = own;
        this.token = token;
    }

    /**
     * Makes and checks the directories and deletes what is left of an earlier node, whose name this one has by now.
     */
    static ShmMemory open(
        final SharedMemoryProvider.Context context, final FreeSpace freeSpace, final FreeSpace freeMemory)
    {
        final Path path = context.baseDirectory().toAbsolutePath().resolve("memory");
        final ShmDirectory all = ShmDirectory.openAny(path, freeSpace, freeMemory);
        try
        {
            final ShmMemory memory =
                openOwn(context, all, tokenOf(path, all, context.meshName()), freeSpace, freeMemory);
            memory.sweepAll();
            return memory;
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "directory " + path + ": " + Reason.of(ex), ex);
        }
    }

    /**
     * An instance before this one that lingered may delete the directory just after it was found to be there.
     */
    private static ShmMemory openOwn(
        final SharedMemoryProvider.Context context,
        final ShmDirectory all,
        final long token,
        final FreeSpace freeSpace,
        final FreeSpace freeMemory)
        throws IOException
    {
        final Path path = all.file(NameLocks.fileName(context.meshName(), context.nodeName()));
        for (int attempt = 1;; attempt++)
        {
            try
            {
                final ShmMemory memory =
                    new ShmMemory(context, all, ShmDirectory.openAny(path, freeSpace, freeMemory), token);
                deleteLeft(filesOf(memory.own));
                Files.createFile(
                    memory.ownInstance(INSTANCE_SUFFIX), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                return memory;
            }
            catch (final NoSuchFileException | MeshException ex)
            {
                final boolean isGone =
                    ex instanceof NoSuchFileException || ex.getCause() instanceof NoSuchFileException;
                if (!isGone || attempt == OPEN_ATTEMPTS)
                {
                    throw ex;
                }
            }
        }
    }

    /**
     * One boot of one kernel, one directory as this process sees it, one user, one mesh.
     */
    private static long tokenOf(final Path path, final ShmDirectory all, final String meshName) throws IOException
    {
        final String text = Files.readString(BOOT_ID, StandardCharsets.US_ASCII).trim() + '\n' +
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey() + '\n' +
            Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS) + '\n' + all.user().getName() + '\n' +
            meshName;
        final long high = LinkId.of(text).high();
        return 0 == high ? 1 : high;
    }

    @Override
    public long token()
    {
        return token;
    }

    @Override
    public Scope scope()
    {
        return Scope.HOST;
    }

    @Override
    public SharedRegion create(final int length)
    {
        if (length <= 0 || MappedFile.pages(length) > Integer.MAX_VALUE)
        {
            throw new IllegalArgumentException(
                "need 0 < length <= " + (Integer.MAX_VALUE - MappedFile.PAGE_LENGTH) + ": length=" + length);
        }
        while (true)
        {
            final long id = context.os().nextRandom();
            final Path path = own.file(LinkId.hex(id) + SUFFIX);
            try
            {
                synchronized (named)
                {
                    if (isClosed)
                    {
                        throw new MeshException(
                            ErrorCode.NODE_CLOSED, "memory of node '" + context.nodeName() + "' is closed");
                    }
                    final MappedFile file = MappedFile.create(own, path, MappedFile.pages(length));
                    named.add(path);
                    return region(id, file, length, () -> unlink(path));
                }
            }
            catch (final FileAlreadyExistsException ignore)
            {
                // one chance in many; the next id is another
            }
            catch (final IOException ex)
            {
                // no descriptors, for one, is a lack that passes
                final boolean isLack = !(ex instanceof AccessDeniedException) && Files.isDirectory(own.file(""));
                throw new MeshException(isLack ? ErrorCode.OUT_OF_SHARED_MEMORY : ErrorCode.DIRECTORY_UNUSABLE,
                    "can not make " + path + ": " + Reason.of(ex), ex);
            }
        }
    }

    /**
     * {@inheritDoc}
     * <p>
     * Both parts of the path are 16 hex digits made here, so that nothing that a peer says leads out of the creator's
     * directory.
     */
    @Override
    public SharedRegion attach(final String creator, final long id, final int length)
    {
        if (length <= 0 || MappedFile.pages(length) > Integer.MAX_VALUE)
        {
            throw new MeshException(ErrorCode.DIRECT_UNAVAILABLE,
                "memory " + LinkId.hex(id) + " of node '" + creator + "' can not have length=" + length);
        }
        final ShmDirectory directory = all.findChild(NameLocks.fileName(context.meshName(), creator));
        if (null == directory)
        {
            throw new MeshException(ErrorCode.DIRECT_UNAVAILABLE, "node '" + creator + "' has no directory in " + all);
        }
        final Path path = directory.file(LinkId.hex(id) + SUFFIX);
        try
        {
            return region(id, MappedFile.attach(directory, path, MappedFile.pages(length)), length, () ->
            {});
        }
        catch (final IOException ex)
        {
            // if it is there, this process lacks something at this moment: descriptors, or room for mappings
            throw new MeshException(
                MappedFile.isThere(directory, path, MappedFile.pages(length)) ? ErrorCode.OUT_OF_SHARED_MEMORY :
                    ErrorCode.DIRECT_UNAVAILABLE,
                "can not map memory " + LinkId.hex(id) + " of node '" + creator + "': " + Reason.of(ex), ex);
        }
    }

    @Override
    public boolean isAlive(final String creator, final long instanceHigh, final long instanceLow)
    {
        try
        {
            final String node = NameLocks.fileName(context.meshName(), creator);
            final Path directory = all.file(node);
            return !Files.notExists(
                directory.resolve(instanceFile(instanceHigh, instanceLow, INSTANCE_SUFFIX)),
                LinkOption.NOFOLLOW_LINKS) && NameLocks.isHeld(context.baseDirectory(), node) ||
                NameLocks.isLocked(directory.resolve(instanceFile(instanceHigh, instanceLow, LINGERING_SUFFIX)));
        }
        catch (final IOException ignore)
        {
            return true; // what can not be told must not be taken back
        }
    }

    private static String instanceFile(final long instanceHigh, final long instanceLow, final String suffix)
    {
        return LinkId.hex(instanceHigh) + LinkId.hex(instanceLow) + suffix;
    }

    private Path ownInstance(final String suffix)
    {
        return own.file(instanceFile(context.instanceHigh(), context.instanceLow(), suffix));
    }

    @Override
    public void sweep(final String creator)
    {
        sweepDirectory(NameLocks.fileName(context.meshName(), creator));
    }

    /**
     * What nodes left that nobody watched: those of all meshes that meet here.
     */
    private void sweepAll() throws IOException
    {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(all.file("")))
        {
            for (final Path directory : directories)
            {
                final String name = directory.getFileName().toString();
                if (LinkId.isHex(name))
                {
                    try
                    {
                        sweepDirectory(name);
                    }
                    catch (final MeshException ignore)
                    {
                        // not ours to start with; a node of that name is told when it starts
                    }
                }
            }
        }
    }

    private void sweepDirectory(final String name)
    {
        try
        {
            final ShmDirectory directory = all.findChild(name);
            final List<Path> left = null == directory ? List.of() : filesOf(directory);
            if (!left.isEmpty() && !NameLocks.isHeld(context.baseDirectory(), name))
            {
                deleteLeft(left);
            }
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE,
                "can not sweep " + all.file(name) + ": " + Reason.of(ex), ex);
        }
    }

    /**
     * But for what says that a closed one lingers.
     */
    private static void deleteLeft(final List<Path> left) throws IOException
    {
        for (final Path file : left)
        {
            if (!file.toString().endsWith(LINGERING_SUFFIX) || !NameLocks.isLocked(file))
            {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * The files there that are of our making.
     */
    private static List<Path> filesOf(final ShmDirectory directory) throws IOException
    {
        final List<Path> ours = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.file("")))
        {
            for (final Path file : files)
            {
                if (OURS.matcher(file.getFileName().toString()).matches())
                {
                    ours.add(file);
                }
            }
        }
        catch (final NoSuchFileException ignore)
        {
            // its node closed meanwhile
        }
        return ours;
    }

    private void unlink(final Path path)
    {
        synchronized (named)
        {
            if (named.remove(path))
            {
                try
                {
                    Files.deleteIfExists(path);
                }
                catch (final IOException ignore)
                {
                    // it stays until the next node of this name starts; what is in it is used all the same
                }
            }
        }
    }

    @Override
    public void close()
    {
        synchronized (named)
        {
            isClosed = true;
            Set.copyOf(named).forEach(this::unlink);
            try
            {
                Files.deleteIfExists(ownInstance(INSTANCE_SUFFIX));
                Files.deleteIfExists(own.file(""));
            }
            catch (final IOException ignore)
            {
                // a stranger's file is in it, or one of a node that lingers, and stays
            }
        }
    }

    @Override
    public Lingering linger()
    {
        final Path file = ownInstance(LINGERING_SUFFIX);
        try
        {
            final AutoCloseable lock = NameLocks.hold(file);
            return () -> endLingering(file, lock);
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "can not lock " + file + ": " + Reason.of(ex), ex);
        }
    }

    /**
     * The file goes first, so that nobody finds it unlocked and takes it for one of a dead process.
     */
    private void endLingering(final Path file, final AutoCloseable lock)
    {
        try
        {
            Files.deleteIfExists(file);
            lock.close();
            Files.deleteIfExists(own.file(""));
        }
        catch (final Exception ignore)
        {
            // the directory is in use, or what is left is deleted by who sweeps next
        }
    }

    private static SharedRegion region(
        final long id, final MappedFile file, final int length, final Runnable unlink)
    {
        return new NamedRegion(id, new UnsafeBuffer(file.buffer(), 0, length), unlink, file::close);
    }
}
