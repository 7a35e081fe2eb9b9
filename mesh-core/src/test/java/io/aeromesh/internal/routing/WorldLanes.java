package io.aeromesh.internal.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What may be under way on a lane, first in first out; each such content is kept once and known by a number, so that
 * two worlds have equal lanes when they have equal numbers. 0 is empty.
 */
final class WorldLanes
{
    private record Content(int head, int rest, int updates)
    {
    }

    private final WorldPackets packets;
    private final List<Content> contents = new ArrayList<>();
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> appended = new HashMap<>();
    private final Map<Integer, Integer> furtherBehind = new HashMap<>();

    WorldLanes(final WorldPackets packets)
    {
        this.packets = packets;
        contents.add(new Content(0, 0, 0));
    }

    /** Packet that is delivered next. */
    int head(final int lane)
    {
        return contents.get(lane).head;
    }

    /** Without that packet. */
    int rest(final int lane)
    {
        return contents.get(lane).rest;
    }

    /** Route updates in it. */
    int updates(final int lane)
    {
        return contents.get(lane).updates;
    }

    int append(final int lane, final int packet)
    {
        if (lane == 0)
        {
            return lane(packet, 0);
        }
        final long key = key(lane, packet);
        Integer result = appended.get(key);
        if (result == null)
        {
            result = lane(head(lane), append(rest(lane), packet));
            appended.put(key, result);
        }
        return result;
    }

    /** Its acknowledgements after one more update was sent the other way. */
    int furtherBehind(final int lane)
    {
        if (lane == 0)
        {
            return 0;
        }
        Integer result = furtherBehind.get(lane);
        if (result == null)
        {
            result = lane(packets.furtherBehind(head(lane)), furtherBehind(rest(lane)));
            furtherBehind.put(lane, result);
        }
        return result;
    }

    private int lane(final int head, final int rest)
    {
        final long key = key(head, rest);
        Integer number = numbers.get(key);
        if (number == null)
        {
            number = contents.size();
            contents.add(new Content(head, rest, updates(rest) + (packets.isUpdate(head) ? 1 : 0)));
            numbers.put(key, number);
        }
        return number;
    }

    private static long key(final int high, final int low)
    {
        return (long)high << 32 | low;
    }
}
