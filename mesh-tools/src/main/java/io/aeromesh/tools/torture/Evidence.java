package io.aeromesh.tools.torture;

import io.aeromesh.tools.evidence.ReceivedLog;
import io.aeromesh.tools.evidence.ReceivedLog.Received;
import io.aeromesh.tools.evidence.SentLog;
import io.aeromesh.tools.evidence.SentLog.Sent;
import io.aeromesh.tools.process.ProcessFailure;
import io.aeromesh.tools.torture.ChannelPlan.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files in which workers write down what they do: one for each direction of a channel and each process.
 */
final class Evidence
{
    private final Path directory;
    /** Of processes that are dead and write no more. */
    private final Map<Path, Received> ofDead = new HashMap<>();

    Evidence(final Path parent)
    {
        try
        {
            directory = Files.createDirectory(parent.resolve("evidence"));
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not make a directory in " + parent + ": " + ex, ex);
        }
    }

    Path directory()
    {
        return directory;
    }

    Path sent(final ChannelPlan channel, final String node, final long incarnation)
    {
        return directory.resolve(channel.name() + '.' + node + '.' + incarnation + ".sent");
    }

    Path received(final ChannelPlan channel, final String node, final long incarnation)
    {
        return directory.resolve(channel.name() + '.' + node + '.' + incarnation + ".received");
    }

    Sent readSent(final Direction direction, final long incarnation)
    {
        final Path file = sent(direction.channel(), direction.source(), incarnation);
        return Files.exists(file) ? SentLog.read(file) : Sent.NOTHING;
    }

    /**
     * By each process of the target so far, in their order; without those that were killed
     * before they could.
     */
    List<Received> readReceived(final Direction direction, final long incarnations)
    {
        final List<Received> all = new ArrayList<>();
        for (long i = 0; i < incarnations; i++)
        {
            final Path file = received(direction.channel(), direction.target(), i);
            Received one = ofDead.get(file);
            if (one == null && Files.exists(file))
            {
                one = ReceivedLog.read(file);
                if (i < incarnations - 1)
                {
                    ofDead.put(file, one);
                }
            }
            if (one != null)
            {
                all.add(one);
            }
        }
        return all;
    }
}
