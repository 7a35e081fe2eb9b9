package io.aeromesh.tools.torture;

import java.util.List;
import java.util.Set;

/**
 * Where a defect is that is there on purpose: each at one end of a channel of its own, so that all can be there
 * at once.
 */
final class PlantedDefects
{
    private static final List<Place> PLACES = List.of(
        new Place("orders", "F", "DROP"),
        new Place("fills", "F", "DUPLICATE"),
        new Place("blocks", "F", "LEAK"),
        new Place("quotes", "D", "FLIP"));

    private PlantedDefects()
    {
    }

    /**
     * One end of a channel.
     */
    private record Place(String channel, String node, String defect)
    {
    }

    /**
     * The defect of that end, or nothing.
     */
    static String at(final Set<String> planted, final ChannelPlan channel, final String node)
    {
        return PLACES.stream()
            .filter(place -> place.channel().equals(channel.name()) && place.node().equals(node))
            .map(Place::defect).filter(planted::contains).findFirst().orElse("");
    }
}
