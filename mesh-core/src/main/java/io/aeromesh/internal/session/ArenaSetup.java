package io.aeromesh.internal.session;

import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.ArenaAddress;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.ArenaDecoder;
import io.aeromesh.protocol.codec.ArenaWord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes the peer of one session attach to the memory that leases lie in, and does so for the peer. The question is
 * asked when a lease is to be handed over for the first time, when the memory has grown, and again when the path has
 * changed before the answer. Whether the peer has the memory is seen in there; the answer is needed where it can not,
 * and the first time, as then the peer watches this process: what it is given and does not read before this process
 * dies comes back by its doing.
 * <p>
 * <b>Threading:</b> agent thread, but {@link #ask}: the end's. <b>Allocation:</b> for each memory asked for.
 */
final class ArenaSetup
{
    /** Memories that one session asks for, and answers that it owes, at most. */
    static final int ARENAS_MAX = 64;

    /** What is known of a question. */
    enum Answer
    {
        /** It is under way. */
        PENDING,
        /** The peer can not attach. */
        REFUSED
    }

    private static final class Question
    {
        final ArenaAddress address;
        volatile boolean isRefused;
        boolean isSent;

        Question(final ArenaAddress address)
        {
            this.address = address;
        }
    }

    /** Kept, as whoever is on the way may lose it: then the path changes, and it is sent again. */
    private static final class Reply
    {
        final ArenaAddress address;
        ArenaWord word;
        boolean isSent;

        Reply(final ArenaAddress address)
        {
            this.address = address;
        }
    }

    private final Session session;
    private final SessionNode node;
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private volatile boolean isDue;
    private volatile boolean isWatched;

    ArenaSetup(final Session session, final SessionNode node)
    {
        this.session = session;
        this.node = node;
    }

    /**
     * Asks for a memory that the peer is not attached to, unless that is done already. One thread beside the agent's.
     */
    Answer ask(final ArenaAddress address)
    {
        for (int i = 0; i < questions.size(); i++)
        {
            final Question question = questionOrNull(i);
            if (question != null && question.address.equals(address))
            {
                return question.isRefused ? Answer.REFUSED : Answer.PENDING;
            }
        }
        if (questions.size() >= ARENAS_MAX)
        {
            return Answer.REFUSED;
        }
        questions.add(new Question(address));
        isDue = true;
        return Answer.PENDING;
    }

    /**
     * Whether the peer watches this process. Any thread.
     */
    boolean isWatched()
    {
        return isWatched;
    }

    /**
     * The agent may take one out at any time.
     */
    private Question questionOrNull(final int index)
    {
        try
        {
            return questions.get(index);
        }
        catch (final IndexOutOfBoundsException answered)
        {
            return null;
        }
    }

    // --- agent ---

    void onPathChanged()
    {
        questions.forEach(question -> question.isSent = false);
        replies.forEach(reply -> reply.isSent = false);
        isDue = true;
    }

    void onPeer(final ArenaDecoder message)
    {
        final ArenaWord word = message.word();
        final long high = message.instance().high();
        final long low = message.instance().low();
        final long directoryId = message.directoryId();
        final long memoryToken = message.memoryToken();
        final String ownerName = message.ownerName();
        NodeIds.validate(ownerName);
        final ArenaAddress address = new ArenaAddress(ownerName, high, low, directoryId);
        switch (word)
        {
            case ASK ->
            {
                isWatched = true; // who asks watches
                answer(address, memoryToken);
            }
            case ATTACHED ->
            {
                isWatched = true;
                questions.removeIf(question -> question.address.equals(address));
            }
            case REFUSED ->
            {
                isWatched = true; // what it has mapped before can be given
                questions.stream().filter(question -> question.address.equals(address))
                    .forEach(question -> question.isRefused = true);
            }
            default ->
                {
                }
        }
    }

    private void answer(final ArenaAddress address, final long memoryToken)
    {
        final Reply reply = replyFor(address);
        if (reply == null)
        {
            return; // more than a peer of ours asks
        }
        node.watch(session);
        reply.word = node.leases().memoryToken() == memoryToken && attach(address) ?
            ArenaWord.ATTACHED : ArenaWord.REFUSED;
        reply.isSent = false;
        isDue = true;
    }

    private boolean attach(final ArenaAddress address)
    {
        try
        {
            if (node.leases().attach(address))
            {
                node.watch(address.creatorName(), address.instanceHigh(), address.instanceLow());
            }
            return true;
        }
        catch (final MeshException ex)
        {
            node.report(ex);
            return false;
        }
    }

    private Reply replyFor(final ArenaAddress address)
    {
        for (final Reply reply : replies)
        {
            if (reply.address.equals(address))
            {
                return reply;
            }
        }
        if (replies.size() >= ARENAS_MAX && !replies.removeIf(told -> told.isSent))
        {
            return null;
        }
        final Reply reply = new Reply(address);
        replies.add(reply);
        return reply;
    }

    int doWork()
    {
        if (!isDue || session.state() != Session.State.CONNECTED)
        {
            return 0;
        }
        final long memoryToken = node.leases().memoryToken();
        isDue = false; // before the look at the questions, as the end's thread does it the other way round
        for (final Reply reply : replies)
        {
            if (!reply.isSent && !node.packets().arena(session, reply.address, reply.word, memoryToken))
            {
                isDue = true;
                return 0;
            }
            reply.isSent = true;
        }
        for (final Question question : new ArrayList<>(questions))
        {
            if (!question.isSent && !question.isRefused)
            {
                if (!node.packets().arena(session, question.address, ArenaWord.ASK, memoryToken))
                {
                    isDue = true;
                    return 0;
                }
                question.isSent = true;
                node.watch(session);
            }
        }
        return 1;
    }
}
