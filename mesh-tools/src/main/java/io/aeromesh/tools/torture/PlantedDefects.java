package io.aeromesh.tools.torture;

import java.util.Map;
import java.util.Set;

/**
 * Which channel of the reader has which defect on purpose: one each, so that all can be planted at once.
 */
final class PlantedDefects
{
    private static final Map<String, Set<String>> BY_CHANNEL = Map.of(
        "orders", Set.of("DROP"),
        "fills", Set.of("DUPLICATE", "FLIP"),
        "blocks", Set.of("LEAK"));

    private PlantedDefects()
    {
    }

    static String forChannel(final Set<String> planted, final ChannelPlan channel)
    {
        return planted.stream().filter(BY_CHANNEL.getOrDefault(channel.name(), Set.of())::contains)
            .sorted().findFirst().orElse("");
    }
}
