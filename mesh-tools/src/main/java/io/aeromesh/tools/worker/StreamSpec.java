package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.ChannelSpec;
import java.nio.file.Path;

/**
 * What a {@link StreamFlow} is to do.
 *
 * @param name        of the channel.
 * @param peer        at its other end.
 * @param mode        of the channel.
 * @param kind        of what is sent.
 * @param rate        in messages a second; 0: this end only receives.
 * @param incarnation of this process among those of its node.
 * @param sent        file for what is sent.
 * @param received    file for what is got.
 * @param planted     defect that this end is to have.
 */
record StreamSpec(
    String name,
    String peer,
    ChannelSpec.Mode mode,
    Kind kind,
    long rate,
    long incarnation,
    Path sent,
    Path received,
    PlantedDefect planted)
{
    /**
     * What goes over a stream.
     */
    enum Kind
    {
        /** Messages that are copied. */
        MESSAGE,
        /** Blocks of shared memory. */
        LEASE
    }

    static StreamSpec of(final ObjectNode command)
    {
        return new StreamSpec(command.path("name").asText(), command.path("peer").asText(),
            ChannelSpec.Mode.valueOf(command.path("mode").asText()), Kind.valueOf(command.path("kind").asText()),
            command.path("rate").asLong(), command.path("incarnation").asLong(),
            Path.of(command.path("sent").asText()), Path.of(command.path("received").asText()),
            PlantedDefect.valueOf(command.path("planted").asText(PlantedDefect.NONE.name())));
    }
}
