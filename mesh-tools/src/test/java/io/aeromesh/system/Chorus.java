package io.aeromesh.system;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.MessageOrigin;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A broadcast channel among all nodes of a grid. Each message must come once and in order from each source.
 */
final class Chorus
{
    private static final int LENGTH = 40;

    private final Grid grid;
    private final Map<String, BroadcastChannel> members = new LinkedHashMap<>();
    private final Map<String, Integer> heard = new LinkedHashMap<>();
    private final Map<String, Integer> said = new LinkedHashMap<>();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[LENGTH]);

    Chorus(final Grid grid, final String... nodes)
    {
        this.grid = grid;
        for (final String node : nodes)
        {
            members.put(node, grid.node(node).open(BroadcastSpec.named("chorus")));
        }
    }

    /**
     * Every member sends that many, and hears as many of every other.
     */
    void sing(final int count)
    {
        grid.await(() -> "members " + this, () ->
        {
            pump(0);
            return members.values().stream().allMatch((member) -> member.members().size() == members.size() - 1);
        });
        grid.await(() -> "songs " + this, () ->
        {
            pump(count);
            return members.size() * (members.size() - 1) == heard.size() &&
                heard.values().stream().allMatch((number) -> number == count) &&
                members.values().stream().allMatch((m) -> m.acknowledgedPosition() == m.acceptedPosition());
        });
    }

    void close()
    {
        members.values().forEach(BroadcastChannel::close);
        grid.await("end of members", () -> members.values().stream().allMatch(BroadcastChannel::isClosed));
    }

    private void pump(final int count)
    {
        members.forEach((name, member) ->
        {
            int number = said.getOrDefault(name, 0);
            boolean isAccepted = true;
            while (number < count && isAccepted)
            {
                out.putInt(0, number);
                out.setMemory(Integer.BYTES, LENGTH - Integer.BYTES, (byte)(number + name.hashCode()));
                isAccepted = member.offer(out, 0, LENGTH) >= 0;
                number += isAccepted ? 1 : 0;
            }
            said.put(name, number);
            member.poll((buffer, offset, length, origin) -> onMessage(name, buffer, offset, length, origin), 1_000);
        });
    }

    private void onMessage(
        final String at, final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        final String way = origin.source() + ">" + at;
        final int expected = heard.getOrDefault(way, 0);
        final byte filling = (byte)(expected + origin.source().hashCode());
        if (length != LENGTH || buffer.getInt(offset) != expected || buffer.getByte(offset + LENGTH - 1) != filling)
        {
            throw new AssertionError(way + ": " + buffer.getInt(offset) + " of length " + length + " instead of " +
                expected);
        }
        heard.put(way, expected + 1);
    }

    @Override
    public String toString()
    {
        final StringBuilder text = new StringBuilder("said " + said + ", heard " + heard);
        members.forEach((name, member) -> text.append(", ").append(name).append(" with ").append(member.members()));
        return text.toString();
    }
}
