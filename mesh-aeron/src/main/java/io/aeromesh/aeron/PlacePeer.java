package io.aeromesh.aeron;

import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import java.util.concurrent.TimeUnit;

/**
 * What a place has with one other: streams of their own, which are a medium with one edge, and a bell at the other's
 * door until that edge is up. The stream is drawn by who dials; where both do, the lower address has its way.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> medium and bell.
 */
final class PlacePeer
{
    /** Between two knocks, in nanoseconds. */
    private static final long KNOCK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Between two knocks after a refusal, in nanoseconds. */
    private static final long REFUSED_NS = TimeUnit.SECONDS.toNanos(2);
    /** What nobody here dialled is forgotten when it has neither an edge nor knocked for so long, in nanoseconds. */
    private static final long FORGET_NS = TimeUnit.SECONDS.toNanos(1);

    private final String address;
    private final Doorbell bell;
    private AeronMedium medium;
    private Edge edge;
    private int stream;
    private boolean isStreamOwn;
    private boolean isDialled;
    private boolean isBellOpen;
    private boolean isAnswerDue;
    private boolean isLetGo;
    private long nextKnockNs;
    private long quietSinceNs;

    PlacePeer(final String address, final int doorStream, final long nowNs)
    {
        this.address = address;
        bell = new Doorbell(address, doorStream);
        nextKnockNs = nowNs;
        quietSinceNs = nowNs;
    }

    String address()
    {
        return address;
    }

    AeronMedium medium()
    {
        return medium;
    }

    /**
     * The edge that is up, or null.
     */
    Edge edge()
    {
        return edge;
    }

    int stream()
    {
        return stream;
    }

    boolean isStreamOwn()
    {
        return isStreamOwn;
    }

    boolean isDialled()
    {
        return isDialled;
    }

    void dialled(final boolean newDialled)
    {
        isDialled = newDialled;
    }

    /**
     * Whether it is to be ended; once it was told of.
     */
    boolean isLetGo()
    {
        return isLetGo;
    }

    void letGo()
    {
        isLetGo = true;
        isDialled = false;
    }

    /**
     * Begins with streams, in place of those that were.
     */
    void begin(final AeronMedium newMedium, final int newStream, final boolean isOwn, final long nowNs)
    {
        if (medium != null)
        {
            medium.close();
        }
        medium = newMedium;
        stream = newStream;
        isStreamOwn = isOwn;
        quietSinceNs = nowNs;
        nextKnockNs = nowNs;
    }

    /**
     * Whether it is dialled, but with a stream of the other's, which does not use it.
     */
    boolean isWaitingInVain(final long nowNs, final long boundNs)
    {
        return isDialled && !isStreamOwn && edge == null && nowNs - quietSinceNs > boundNs;
    }

    void up(final Edge newEdge)
    {
        edge = newEdge;
        closeBell();
    }

    void down(final long nowNs)
    {
        edge = null;
        quietSinceNs = nowNs;
        nextKnockNs = nowNs;
    }

    /**
     * The other has knocked, so it wants the edge.
     */
    void heard(final long nowNs)
    {
        quietSinceNs = nowNs;
    }

    /**
     * The other has knocked with another stream than the one to be used: tells it again.
     */
    void answer()
    {
        isAnswerDue = true;
    }

    /**
     * The other place has refused: it is asked less often.
     */
    void refused(final long nowNs)
    {
        nextKnockNs = nowNs + REFUSED_NS;
    }

    /**
     * Whether nobody here wants it and it does not come.
     */
    boolean isForgotten(final long nowNs)
    {
        return !isDialled && edge == null && nowNs - quietSinceNs > FORGET_NS;
    }

    int doWork(final long nowNs, final EdgeListener listener)
    {
        final int workCount = medium.doWork(nowNs, listener);
        if (edge != null && !medium.hasEdge())
        {
            down(nowNs); // closed by this node, of which nobody is told
        }
        return workCount;
    }

    /**
     * Whether it is time to knock.
     */
    boolean isKnockDue(final long nowNs)
    {
        return isAnswerDue || isDialled && isStreamOwn && edge == null && nowNs - nextKnockNs >= 0;
    }

    /**
     * The bell, for a knock.
     */
    Doorbell bell()
    {
        isBellOpen = true;
        return bell;
    }

    void knocked(final long nowNs)
    {
        nextKnockNs = nowNs + KNOCK_NS;
        isAnswerDue = false;
        if (edge != null)
        {
            closeBell(); // it was an answer
        }
    }

    /**
     * A knock could not be tried.
     */
    void failed(final long nowNs)
    {
        nextKnockNs = nowNs + REFUSED_NS;
        isAnswerDue = false;
    }

    void onClientGone()
    {
        bell.onClientGone();
    }

    void close()
    {
        closeBell();
        if (medium != null)
        {
            medium.close();
        }
    }

    private void closeBell()
    {
        if (isBellOpen)
        {
            isBellOpen = false;
            bell.close();
        }
    }
}
