package io.aeromesh.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.Topology;
import io.aeromesh.status.MeshCounter.Unit;
import io.aeromesh.tools.look.EdgeRates;
import io.aeromesh.tools.look.Shown;
import java.util.List;

/**
 * What pictures of the mesh say of how much goes along its edges.
 */
final class RateNotes
{
    /** Where nothing is said of it. */
    static final RateNotes NONE = new RateNotes(null);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EdgeRates rates;

    RateNotes(final EdgeRates rates)
    {
        this.rates = rates;
    }

    /**
     * What the node that has this view of an edge receives by it.
     */
    String received(final Topology.Link link)
    {
        return rates == null ? "" : "in " + text(rates.in(link));
    }

    /**
     * What goes along an edge in both directions, or at least.
     */
    String bothWays(final Topology.Link link)
    {
        if (rates == null)
        {
            return "";
        }
        final EdgeRates.Rate rate = rates.both(link);
        return (rate.direction() == EdgeRates.Direction.ONE ? ">= " : "") + text(rate);
    }

    private static String text(final EdgeRates.Rate rate)
    {
        return !rate.isKnown() ? "?" : Shown.value(Unit.COUNT, Math.rint(rate.packets())) + "/s " +
            Shown.value(Unit.BYTES, Math.rint(rate.bytes())) + "/s";
    }

    /**
     * Adds what each end receives to a topology in JSON; null: it is not known.
     *
     * @param links in the order of those in the JSON.
     */
    String addTo(final String topology, final List<Topology.Link> links)
    {
        if (rates == null)
        {
            return topology;
        }
        try
        {
            final JsonNode object = JSON.readTree(topology);
            for (int i = 0; i < links.size(); i++)
            {
                final EdgeRates.Rate rate = rates.in(links.get(i));
                final ObjectNode link = (ObjectNode)object.get("links").get(i);
                link.put("packets_in_per_s", rate.isKnown() ? rate.packets() : null);
                link.put("bytes_in_per_s", rate.isKnown() ? rate.bytes() : null);
            }
            return object.toString();
        }
        catch (final JsonProcessingException ex)
        {
            throw new IllegalStateException(ex); // it was made by us
        }
    }
}
