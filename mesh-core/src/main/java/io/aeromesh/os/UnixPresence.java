package io.aeromesh.os;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Presence by a lock file and a Unix-domain socket beside it. Who watches a node connects to its socket and is told the
 * node's instance; from then on end-of-file on that socket is the kernel's word that the process has ended. A paused
 * process keeps its sockets, so that a pause is never taken for a death. Sockets never block.
 */
final class UnixPresence implements HostPresence
{
    private static final int SOCKET_PATH_MAX = 107;
    private static final int INSTANCE_LENGTH = 2 * Long.BYTES;
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** A look at a socket is a system call, so that where there are many only some have their turn at a time. */
    private static final int LOOKS = 16;

    private final Path baseDirectory;
    private final Path directory;
    private final String meshName;
    private final String fileName;
    private final NameLock lock;
    private final Path socketPath;
    private final ListeningSocket server;
    private final ByteBuffer ownInstance = ByteBuffer.allocate(INSTANCE_LENGTH);
    private final ByteBuffer scratch = ByteBuffer.allocate(INSTANCE_LENGTH);
    private final List<SocketChannel> watchers = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private Parking parking = Parking.NONE;
    private StatusMemory status;
    private long nextLookNs;
    private long seenWakeUps;
    private int nextWatch;
    private int nextWatcher;
    private boolean closed;

    private static final class Watch
    {
        final String peerName;
        final long instanceHigh;
        final long instanceLow;
        /** Null where there is nobody to connect to. */
        final SocketChannel socket;
        final ByteBuffer greeting = ByteBuffer.allocate(INSTANCE_LENGTH);

        Watch(final String peerName, final long instanceHigh, final long instanceLow, final SocketChannel socket)
        {
            this.peerName = peerName;
            this.instanceHigh = instanceHigh;
            this.instanceLow = instanceLow;
            this.socket = socket;
        }

        boolean is(final long high, final long low)
        {
            return instanceHigh == high && instanceLow == low;
        }
    }

    private UnixPresence(
        final Path baseDirectory,
        final String meshName,
        final String nodeName,
        final NameLock lock,
        final Path socketPath,
        final ListeningSocket server)
    {
        this.baseDirectory = baseDirectory;
        directory = NameLocks.directory(baseDirectory);
        this.meshName = meshName;
        fileName = NameLocks.fileName(meshName, nodeName);
        this.lock = lock;
        this.socketPath = socketPath;
        this.server = server;
    }

    static UnixPresence claim(
        final Path baseDirectory,
        final String meshName,
        final String nodeName,
        final long instanceHigh,
        final long instanceLow)
    {
        final Path directory = NameLocks.directory(baseDirectory);
        final Path socketPath = NameLocks.file(directory, meshName, nodeName, ".sock");
        if (socketPath.toString().getBytes(StandardCharsets.UTF_8).length > SOCKET_PATH_MAX)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "base directory '" + baseDirectory +
                "' is too long: socket path '" + socketPath + "' must be at most " + SOCKET_PATH_MAX + " bytes");
        }
        try
        {
            NameLock.privateDirectory(baseDirectory);
            NameLock.privateDirectory(directory);
            final NameLock lock =
                NameLock.take(NameLocks.file(directory, meshName, nodeName, ".lock"), meshName, nodeName);
            ListeningSocket server = null;
            try
            {
                Files.deleteIfExists(socketPath); // left by a process that died; the lock says that none lives
                server = ListeningSocket.bind(socketPath);
            }
            catch (final IOException ex)
            {
                closeQuietly(server);
                closeQuietly(lock);
                throw ex;
            }
            final UnixPresence presence =
                new UnixPresence(baseDirectory, meshName, nodeName, lock, socketPath, server);
            presence.ownInstance.putLong(0, instanceHigh).putLong(Long.BYTES, instanceLow);
            return presence;
        }
        catch (final IOException ex)
        {
            throw Unusable.of(directory, ex);
        }
    }

    @Override
    public void watch(final String peerName, final long instanceHigh, final long instanceLow)
    {
        for (final Watch watch : watches)
        {
            if (watch.is(instanceHigh, instanceLow))
            {
                return;
            }
        }
        watches.add(new Watch(peerName, instanceHigh, instanceLow, connect(peerName)));
    }

    /**
     * @return a socket, or null when there is nobody, or no socket to be had: then there is no telling by it.
     */
    private SocketChannel connect(final String peerName)
    {
        SocketChannel socket = null;
        try
        {
            socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            socket.configureBlocking(false);
            socket.connect(UnixDomainSocketAddress.of(NameLocks.file(directory, meshName, peerName, ".sock")));
            parking.watch(socket);
            return socket;
        }
        catch (final IOException notOnThisHost)
        {
            closeQuietly(socket);
            return null;
        }
    }

    @Override
    public void wakes(final Parking newParking)
    {
        parking = newParking;
        server.wakes(parking);
    }

    @Override
    public StatusMemory openStatus(final int length)
    {
        status = StatusFile.create(baseDirectory, fileName, length);
        return status;
    }

    @Override
    public Runnable bell(final long instanceHigh, final long instanceLow)
    {
        for (final Watch watch : watches)
        {
            if (watch.is(instanceHigh, instanceLow) && watch.socket != null && watch.socket.isConnected())
            {
                return new SocketBell(watch.socket);
            }
        }
        return null;
    }

    @Override
    public boolean isAlive(final long nodeId)
    {
        try
        {
            final Path file = directory.resolve(NameLocks.fileName(meshName, nodeId) + ".lock");
            return !Files.exists(file) || NameLocks.isLocked(file); // none: it does not meet others here, so no telling
        }
        catch (final IOException ex)
        {
            return true; // no telling
        }
    }

    @Override
    public int doWork(final long nowNs, final DeathListener listener)
    {
        if (closed || nowNs - nextLookNs < 0 && seenWakeUps == parking.wakeUps())
        {
            return 0;
        }
        seenWakeUps = parking.wakeUps();
        nextLookNs = nowNs + LOOK_INTERVAL_NS;
        int work = acceptWatchers();
        for (int looks = Math.min(LOOKS, watches.size()); looks > 0 && !watches.isEmpty(); looks--)
        {
            nextWatch = nextWatch > 0 ? Math.min(nextWatch, watches.size()) - 1 : watches.size() - 1;
            final Watch watch = watches.get(nextWatch);
            if (hasEnded(watch))
            {
                watches.remove(nextWatch);
                closeQuietly(watch.socket);
                if (isExpected(watch))
                {
                    listener.onProcessEnded(watch.peerName, watch.instanceHigh, watch.instanceLow);
                }
                else
                {
                    // somebody else under that name, or nobody on this host, or one that died before it was asked
                    listener.onWatchLost(watch.peerName, watch.instanceHigh, watch.instanceLow);
                }
                work++;
            }
        }
        return work;
    }

    private int acceptWatchers()
    {
        int work = 0;
        try
        {
            for (SocketChannel socket = server.accept(); socket != null; socket = server.accept())
            {
                watchers.add(socket); // closed below when it is found at its end
                work++;
                greet(socket);
            }
        }
        catch (final IOException ignore)
        {
            // out of descriptors: whoever connects finds no greeting and watches in vain
        }
        for (int looks = Math.min(LOOKS, watchers.size()); looks > 0 && !watchers.isEmpty(); looks--)
        {
            nextWatcher = nextWatcher > 0 ? Math.min(nextWatcher, watchers.size()) - 1 : watchers.size() - 1;
            if (isAtEnd(watchers.get(nextWatcher), scratch.clear()))
            {
                closeQuietly(watchers.remove(nextWatcher));
                work++;
            }
        }
        return work;
    }

    private void greet(final SocketChannel watcher)
    {
        try
        {
            watcher.configureBlocking(false);
            parking.watch(watcher);
            watcher.write(ownInstance.duplicate());
        }
        catch (final IOException ignore)
        {
            // it has gone already
        }
    }

    private boolean hasEnded(final Watch watch)
    {
        if (watch.socket == null)
        {
            return true;
        }
        try
        {
            if (!watch.socket.isConnected() && !watch.socket.finishConnect())
            {
                return false;
            }
        }
        catch (final IOException ex)
        {
            return true;
        }
        return watch.greeting.hasRemaining() ?
            isAtEnd(watch.socket, watch.greeting) || !watch.greeting.hasRemaining() && !isExpected(watch) :
            isAtEnd(watch.socket, scratch.clear()); // whatever it says more must not become its instance
    }

    private static boolean isExpected(final Watch watch)
    {
        return !watch.greeting.hasRemaining() &&
            watch.is(watch.greeting.getLong(0), watch.greeting.getLong(Long.BYTES));
    }

    private static boolean isAtEnd(final SocketChannel socket, final ByteBuffer into)
    {
        try
        {
            return socket.read(into) < 0;
        }
        catch (final IOException reset)
        {
            return true;
        }
    }

    @Override
    public void close()
    {
        if (!closed)
        {
            closed = true;
            watchers.forEach(UnixPresence::closeQuietly);
            watches.forEach(watch -> closeQuietly(watch.socket));
            closeQuietly(server);
            if (lock.isInPlace())
            {
                closeQuietly(status);
                deleteSocket();
            }
            closeQuietly(lock);
        }
    }

    private void deleteSocket()
    {
        try
        {
            Files.deleteIfExists(socketPath);
        }
        catch (final IOException ignore)
        {
            // the next holder of the name deletes it
        }
    }

    private static void closeQuietly(final AutoCloseable resource)
    {
        try
        {
            if (resource != null)
            {
                resource.close();
            }
        }
        catch (final Exception ignore)
        {
            // the descriptor is gone either way
        }
    }
}
