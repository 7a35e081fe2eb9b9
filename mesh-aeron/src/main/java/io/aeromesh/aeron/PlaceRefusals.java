package io.aeromesh.aeron;

import io.aeron.exceptions.AeronException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells those who knock at a full place that it is, and where else to knock; a few at a time, as others knock again.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> the bells.
 */
final class PlaceRefusals
{
    /**
     * Says something at a door.
     */
    interface Voice
    {
        /**
         * @return whether it was said.
         * @throws AeronException when it can not be.
         */
        boolean say(Doorbell bell, int type, int stream, String addresses);
    }

    private record Refusal(String other, int stream, Doorbell bell, long endNs)
    {
    }

    private static final int REFUSALS_MAX = 4;
    /** Addresses in a refusal besides that of the place. */
    private static final int REFERRALS_MAX = 3;
    private static final long SAY_NS = TimeUnit.SECONDS.toNanos(1);

    private final String address;
    private final int doorStream;
    private final PlacePeers peers;
    private final Voice voice;
    private final List<Refusal> refusals = new ArrayList<>();

    PlaceRefusals(final String address, final int doorStream, final PlacePeers peers, final Voice voice)
    {
        this.address = address;
        this.doorStream = doorStream;
        this.peers = peers;
        this.voice = voice;
    }

    /**
     * Begins to refuse who has knocked with a stream.
     *
     * @return whether that is new.
     */
    boolean begin(final String other, final int stream, final long nowNs)
    {
        for (final Refusal refusal : refusals)
        {
            if (refusal.other.equals(other))
            {
                return false;
            }
        }
        return refusals.size() < REFUSALS_MAX &&
            refusals.add(new Refusal(other, stream, new Doorbell(other, doorStream), nowNs + SAY_NS));
    }

    int doWork(final long nowNs)
    {
        final int workCount = refusals.size();
        for (int i = workCount - 1; i >= 0; i--)
        {
            final Refusal refusal = refusals.get(i);
            if (isSaid(refusal) || nowNs - refusal.endNs >= 0)
            {
                refusals.remove(i);
                refusal.bell.close();
            }
        }
        return workCount;
    }

    private boolean isSaid(final Refusal refusal)
    {
        try
        {
            return voice.say(refusal.bell, KnockFrame.FULL, refusal.stream, address + neighbours(refusal.stream));
        }
        catch (final AeronException ignore)
        {
            return true; // it knocks again
        }
    }

    /**
     * Some neighbours, each time others.
     */
    private String neighbours(final int stream)
    {
        final StringBuilder some = new StringBuilder();
        for (int i = 0; i < Math.min(REFERRALS_MAX, peers.size()); i++)
        {
            some.append(KnockFrame.SEPARATOR)
                .append(peers.get(Math.floorMod(stream / 2 + i, peers.size())).address());
        }
        return some.toString();
    }

    void onClientGone()
    {
        refusals.clear();
    }

    void close()
    {
        refusals.forEach(refusal -> refusal.bell.close());
        refusals.clear();
    }
}
