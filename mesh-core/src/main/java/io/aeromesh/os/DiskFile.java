package io.aeromesh.os;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A kept file on a disk. It is written by a thread of its own, which the first write makes, as a disk may take longer
 * than a duty cycle can wait.
 * <p>
 * <b>Threading:</b> as {@link KeptFile}; the writer takes the latest content under this object's lock, which nobody has
 * while the disk works. <b>Owns:</b> the writer.
 */
final class DiskFile implements KeptFile, Runnable
{
    private static final long CLOSE_MS_MAX = 2_000;
    private static final FileAttribute<?> FILE_MODE =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> DIRECTORY_MODE =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final MeshOs os;
    private final Path directory;
    private final Path file;
    private final Path temporary;
    private Thread writer;
    private byte[] latest;
    private volatile MeshException error;
    private boolean isClosed;

    /**
     * Makes the directory where it is missing, and looks whether files can be made there.
     *
     * @throws MeshException DIRECTORY_UNUSABLE when they can not.
     */
    DiskFile(final MeshOs os, final Path directory, final String name)
    {
        this.os = os;
        this.directory = directory.toAbsolutePath();
        file = this.directory.resolve(name);
        temporary = this.directory.resolve(name + ".tmp");
        try
        {
            if (!Files.isDirectory(this.directory))
            {
                Files.createDirectories(this.directory, DIRECTORY_MODE);
            }
            Files.deleteIfExists(temporary); // what a killed node had not finished
            Files.createFile(temporary, FILE_MODE);
            Files.delete(temporary);
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE,
                "can not make files in " + this.directory + ": " + Reason.of(ex), ex);
        }
    }

    @Override
    public byte[] read()
    {
        if (Files.exists(file) && !Files.isRegularFile(file))
        {
            throw new MeshException(ErrorCode.MEMORY_DAMAGED, file + " is no regular file");
        }
        try (InputStream in = Files.newInputStream(file))
        {
            return in.readNBytes(LENGTH_MAX);
        }
        catch (final NoSuchFileException ignore)
        {
            return new byte[0];
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.MEMORY_DAMAGED, "can not read " + file + ": " + Reason.of(ex), ex);
        }
    }

    @Override
    public String setAside()
    {
        final Path aside = directory.resolve(file.getFileName() + ".damaged-" + os.epochClock().time());
        try
        {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            return aside.toString();
        }
        catch (final IOException ex)
        {
            return file + ", which can not be renamed: " + Reason.of(ex);
        }
    }

    @Override
    public synchronized void write(final byte[] content)
    {
        if (isClosed)
        {
            return;
        }
        latest = content;
        if (writer == null)
        {
            writer = os.newThread("mesh-keeps-" + file.getFileName(), this);
            writer.start();
        }
        notifyAll();
    }

    @Override
    public MeshException takeError()
    {
        return error == null ? null : takeErrorLocked(); // asked in each duty cycle, which takes no lock
    }

    private synchronized MeshException takeErrorLocked()
    {
        final MeshException taken = error;
        error = null;
        return taken;
    }

    @Override
    public void close()
    {
        final Thread last;
        synchronized (this)
        {
            isClosed = true;
            last = writer;
            writer = null;
            notifyAll();
        }
        if (last != null)
        {
            try
            {
                last.join(CLOSE_MS_MAX);
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt(); // the writer ends by itself
            }
        }
    }

    /**
     * The writer's.
     */
    @Override
    public void run()
    {
        for (byte[] content = next(); content != null; content = next())
        {
            MeshException failure = null;
            try
            {
                replace(content);
            }
            catch (final IOException ex)
            {
                failure = new MeshException(
                    ErrorCode.MEMORY_NOT_KEPT,
                    "can not write " + content.length + " bytes to " + file + ": " + Reason.of(ex), ex);
            }
            synchronized (this)
            {
                error = failure;
            }
        }
    }

    private synchronized byte[] next()
    {
        try
        {
            while (latest == null && !isClosed)
            {
                wait();
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return null;
        }
        final byte[] content = latest;
        latest = null;
        return content;
    }

    private void replace(final byte[] content) throws IOException
    {
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
            temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE_MODE))
        {
            final ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining())
            {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ))
        {
            names.force(true);
        }
    }
}
