package io.aeromesh.shm;

import io.aeromesh.os.ParkWord;
import io.aeromesh.os.Parking;
import io.aeromesh.ring.RingEdge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One generation of a link at one end: its rings, the socket to the peer, and its edge once that is up. It is the
 * strong reference that keeps the mapping while an edge is in use.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> the socket, the mapping, and at the creator the file's name.
 */
final class ShmGeneration implements RingEdge.Owner
{
    private final Generations generations;
    private final LinkSocket socket;
    private final RingFile.Role role;
    private final RingFile file;
    private final Path path;
    private final HandshakeMessage peer;
    private final Parking parking;
    private final ParkWord ownWord;
    private RingEdge edge;

    /**
     * @param path of the rings' file; null: it has no name.
     */
    ShmGeneration(
        final Generations generations,
        final LinkSocket socket,
        final RingFile.Role role,
        final RingFile file,
        final Path path,
        final HandshakeMessage peer)
    {
        this.generations = generations;
        this.socket = socket;
        this.role = role;
        this.file = file;
        this.path = path;
        this.peer = peer;
        parking = generations.parking();
        ownWord = file.parkWord(role);
        if (parking.isParkable())
        {
            file.announceParkable(role);
        }
    }

    String peerName()
    {
        return peer.name();
    }

    LinkSocket socket()
    {
        return socket;
    }

    RingEdge edge()
    {
        return edge;
    }

    RingFile file()
    {
        return file;
    }

    RingEdge begin(final String link, final long id)
    {
        edge = file.newEdge(role,
            ShmEdgeConfig.SCHEME + ":" + link + " peer=" + peer.name() + " generation=" + LinkId.hex(id), this);
        if (file.isParkable(role.other()))
        {
            final ParkWord peerWord = file.parkWord(role.other());
            edge.peerBell(() ->
            {
                if (peerWord.claimBell())
                {
                    socket.ring();
                }
            });
        }
        edge.peerUser(socket.otherUser());
        parking.show(ownWord);
        return edge;
    }

    /**
     * Takes the name of the file away, so that no one else can ever open it.
     */
    void unlink()
    {
        if (null == path)
        {
            return;
        }
        try
        {
            Files.deleteIfExists(path);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("can not delete " + path, ex);
        }
    }

    /**
     * Gives up before an edge was made.
     */
    void cancel()
    {
        socket.close();
        if (RingFile.Role.CREATOR == role)
        {
            unlink();
        }
        file.close();
    }

    @Override
    public void onClosed(final RingEdge closedEdge)
    {
        generations.onEdgeClosed(this);
    }

    @Override
    public void onReleased(final RingEdge releasedEdge)
    {
        parking.hide(ownWord);
        file.close();
        generations.onEdgeReleased(releasedEdge);
    }
}
