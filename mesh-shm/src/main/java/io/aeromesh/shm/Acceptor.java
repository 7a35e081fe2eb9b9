package io.aeromesh.shm;

import io.aeromesh.os.ListeningSocket;
import io.aeromesh.os.MeshOs;
import io.aeromesh.shm.HandshakeMessage.Type;
import io.aeromesh.spi.EdgeListener;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The listening side of a link's handshakes, see {@link ShmMedium}: makes the rings of each generation.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> the socket, those who have connected to it, and what is offered.
 */
final class Acceptor
{
    /** Sockets whose message was not read yet, beyond as many as may be joined. */
    private static final int CANDIDATES_MAX = 7;

    private static final Set<PosixFilePermission> CONNECTABLE = PosixFilePermissions.fromString("rw-rw-rw-");

    private final MeshOs os;
    private final ShmDirectory directory;
    private final LinkTerms terms;
    private final Generations generations;
    private final Complaints complaints;
    private final ListeningSocket server;
    private final List<LinkSocket> candidates = new ArrayList<>();
    private final List<Offer> offers = new ArrayList<>();
    private boolean isClosed;

    private record Offer(ShmGeneration generation, long id)
    {
    }

    /**
     * @throws IOException when the socket can not be made.
     */
    Acceptor(
        final MeshOs os,
        final ShmDirectory directory,
        final LinkTerms terms,
        final Generations generations,
        final Complaints complaints)
        throws IOException
    {
        this.os = os;
        this.directory = directory;
        this.terms = terms;
        this.generations = generations;
        this.complaints = complaints;
        directory.deleteFilesOf(terms.fileName());
        server = ListeningSocket.bind(terms.socketPath());
        if (terms.peers().areOthers())
        {
            Files.setPosixFilePermissions(terms.socketPath(), CONNECTABLE); // each who connects is asked for its user
        }
        server.wakes(generations.parking());
    }

    int doWork(final EdgeListener listener) throws IOException
    {
        int work = 0;
        final SocketChannel channel = server.accept();
        if (null != channel)
        {
            admit(LinkSocket.of(channel, terms.peers()), listener);
            work++;
        }
        for (int i = offers.size() - 1; i >= 0 && !isClosed; i--)
        {
            work += awaitAcknowledgement(i, offers.get(i), listener);
        }
        for (int i = candidates.size() - 1; i >= 0 && !isClosed; i--)
        {
            work += examine(i, candidates.get(i), listener);
        }
        return work;
    }

    /**
     * Whether somebody has connected with whom no generation is up yet.
     */
    boolean isHandshaking()
    {
        return !candidates.isEmpty() || !offers.isEmpty();
    }

    private void admit(final LinkSocket candidate, final EdgeListener listener)
    {
        if (terms.peers().admits(candidate.user()))
        {
            candidate.wakes(generations.parking());
            candidates.add(candidate);
            if (candidates.size() > CANDIDATES_MAX + terms.peersMax())
            {
                candidates.remove(oldestOfMost(candidates.stream().map(LinkSocket::user).toList())).close();
            }
        }
        else
        {
            candidate.send(terms.message(Type.REFUSE_USER, 0, candidate.user().getName()));
            candidate.close();
            complaints.about(terms.userRefusal(candidate.user()), listener);
        }
    }

    /**
     * Which one is the oldest of the user who has the most: who connects and says nothing takes places from its own
     * user only. Who was closed in haste comes again.
     *
     * @param users of those that have connected, the oldest first; at least one.
     */
    static int oldestOfMost(final List<UserPrincipal> users)
    {
        final Map<UserPrincipal, Integer> counts = new HashMap<>();
        users.forEach(user -> counts.merge(user, 1, Integer::sum));
        return users.indexOf(Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey());
    }

    private int examine(final int index, final LinkSocket candidate, final EdgeListener listener)
        throws IOException
    {
        if (!generations.canLinger())
        {
            return 0;
        }

        switch (candidate.readMessage())
        {
            case MESSAGE:
                candidates.remove(index);
                onHello(candidate, candidate.messageOrNull(), listener);
                return 1;

            case END:
                candidates.remove(index);
                candidate.close();
                return 1;

            default:
                return 0;
        }
    }

    private void onHello(final LinkSocket candidate, final HandshakeMessage hello, final EdgeListener listener)
        throws IOException
    {
        if (null == hello || Type.HELLO != hello.type())
        {
            candidate.close();
            complaints.about(terms.violation("who connected"), listener);
            return;
        }
        final boolean hasRoom = generations.makesRoom(offers.size(), hello.name(), listener);
        if (isClosed)
        {
            candidate.close();
        }
        else if (!hasRoom)
        {
            final ShmGeneration holder = generations.isEmpty() ? offers.get(0).generation() : generations.first();
            candidate.send(terms.message(terms.isForMany() ? Type.REFUSE_FULL : Type.REFUSE_TAKEN, 0,
                holder.peerName()));
            candidate.close();
        }
        else if (!terms.isMine(hello))
        {
            candidate.send(terms.message(Type.REFUSE_CONFIG, 0, ""));
            candidate.close();
            complaints.about(terms.configRefusal(hello), listener);
        }
        else
        {
            offer(candidate, hello);
        }
    }

    private void offer(final LinkSocket candidate, final HandshakeMessage hello) throws IOException
    {
        final long id = os.nextRandom();
        try
        {
            if (terms.peers().areOthers())
            {
                offerSealed(candidate, hello, id);
            }
            else
            {
                offerNamed(candidate, hello, id);
            }
        }
        catch (final IOException | RuntimeException ex)
        {
            candidate.send(terms.message(Type.REFUSE_MEMORY, id, ""));
            candidate.close();
            throw ex;
        }
    }

    private void offerNamed(final LinkSocket candidate, final HandshakeMessage hello, final long id)
        throws IOException
    {
        final Path path = terms.ringPath(id);
        final RingFile file = RingFile.create(directory, path, terms.controlLength(), terms.dataLength());
        final ShmGeneration generation =
            new ShmGeneration(generations, candidate, RingFile.Role.CREATOR, file, path, hello);
        keepOrCancel(generation, id, candidate.send(terms.message(Type.OFFER, id, "")));
    }

    /**
     * To a process of another user goes the memory itself.
     */
    private void offerSealed(final LinkSocket candidate, final HandshakeMessage hello, final long id)
        throws IOException
    {
        directory.requireMemory(terms.ringLength());
        try (SealedFile memory = SealedFile.create(terms.ringLength()))
        {
            final RingFile file = RingFile.over(memory.map(), terms.controlLength(), terms.dataLength());
            final ShmGeneration generation =
                new ShmGeneration(generations, candidate, RingFile.Role.CREATOR, file, null, hello);
            keepOrCancel(generation, id, candidate.send(terms.message(Type.OFFER, id, ""), memory));
        }
    }

    /**
     * Without its message the peer would wait for ever: it finds the end of the socket, and comes again.
     */
    private void keepOrCancel(final ShmGeneration generation, final long id, final boolean isSent)
    {
        if (isSent)
        {
            offers.add(new Offer(generation, id));
        }
        else
        {
            generation.cancel();
        }
    }

    private int awaitAcknowledgement(final int index, final Offer offer, final EdgeListener listener)
    {
        final ShmGeneration generation = offer.generation();
        final LinkSocket socket = generation.socket();
        switch (socket.readMessage())
        {
            case MESSAGE:
                offers.remove(index);
                final HandshakeMessage answer = socket.messageOrNull();
                if (null == answer || Type.ACKNOWLEDGE != answer.type())
                {
                    generation.cancel();
                    complaints.about(terms.refusal(answer), listener);
                    return 1;
                }
                generation.unlink();
                if (!socket.send(terms.message(Type.BEGIN, offer.id(), "")))
                {
                    generation.cancel();
                    return 1;
                }
                complaints.forget();
                generations.begin(generation, terms.link(), offer.id(), listener);
                return 1;

            case END:
                offers.remove(index);
                generation.cancel();
                return 1;

            default:
                return 0;
        }
    }

    void close()
    {
        isClosed = true;
        offers.forEach(offer -> offer.generation().cancel());
        offers.clear();
        candidates.forEach(LinkSocket::close);
        candidates.clear();
        Closing.quietly(server);
    }
}
