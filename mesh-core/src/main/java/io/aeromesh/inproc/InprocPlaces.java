package io.aeromesh.inproc;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Who knocks at the places of one network. Any thread; its lock is taken when somebody joins or knocks.
 */
final class InprocPlaces
{
    /** Knocks that wait at one place; further ones come again. */
    private static final int KNOCKS_MAX = 64;

    /** Names of those who knock, by the name of the place. */
    private final Map<String, Queue<String>> knocks = new HashMap<>();
    /** Names of places to try instead of a full one, by the name of who was refused. */
    private final Map<String, String> referrals = new HashMap<>();

    /**
     * Opens a place, which nobody has, or whose owner has died.
     */
    synchronized void open(final String place)
    {
        knocks.put(place, new ArrayDeque<>());
    }

    synchronized void close(final String place)
    {
        knocks.remove(place);
        referrals.remove(place);
    }

    synchronized void knock(final String place, final String from)
    {
        final Queue<String> waiting = knocks.get(place);
        if (waiting != null && waiting.size() < KNOCKS_MAX && !waiting.contains(from))
        {
            waiting.add(from);
        }
    }

    /**
     * Who was refused is told of another place.
     */
    synchronized void refer(final String refused, final String place)
    {
        if (knocks.containsKey(refused))
        {
            referrals.put(refused, place);
        }
    }

    /**
     * A place to try instead of a full one, or null.
     */
    synchronized String takeReferral(final String refused)
    {
        return referrals.remove(refused);
    }

    /**
     * The next one who knocks, or null.
     */
    synchronized String next(final String place)
    {
        final Queue<String> waiting = knocks.get(place);
        return waiting == null ? null : waiting.poll();
    }
}
