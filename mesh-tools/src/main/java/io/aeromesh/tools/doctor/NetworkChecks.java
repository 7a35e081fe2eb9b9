package io.aeromesh.tools.doctor;

import java.util.List;
import java.util.OptionalLong;

/**
 * Room that the kernel gives to UDP sockets.
 */
final class NetworkChecks
{
    private static final long BUFFER_GOOD = 2 * Bytes.MIB;

    private NetworkChecks()
    {
    }

    static List<Finding> examine(final SystemFiles files)
    {
        return List.of(buffer(files, "udp receive buffer", "net.core.rmem_max"),
            buffer(files, "udp send buffer", "net.core.wmem_max"));
    }

    private static Finding buffer(final SystemFiles files, final String check, final String name)
    {
        final OptionalLong length = files.number("proc/sys/" + name.replace('.', '/'));
        if (length.isEmpty())
        {
            return Finding.ok(check, name + " is not told here, as in a network namespace");
        }
        final String found = name + "=" + length.getAsLong();
        return length.getAsLong() >= BUFFER_GOOD ? Finding.ok(check, found) : Finding.warn(check, found,
            "bursts on aeron:udp edges are lost and sent again: sysctl -w " + name + "=" + BUFFER_GOOD);
    }
}
