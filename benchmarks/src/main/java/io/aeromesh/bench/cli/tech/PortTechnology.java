package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Actor;
import java.util.ArrayList;
import java.util.List;

/**
 * A technology that moves messages, so that what is done with them can be the same for all.
 */
abstract class PortTechnology implements Technology
{
    /**
     * Opens an end of the path.
     */
    abstract Port openPort(Site site);

    /**
     * Opens the receivers of a broadcast. Only where it is one of the cases.
     */
    List<Port> openReceivers(final Site site)
    {
        return List.of(openPort(site));
    }

    @Override
    public final Actor open(final Site site)
    {
        if (!site.job().benchCase().isOneWay())
        {
            final Port port = openPort(site);
            return site.isLead() ? new RoundTripLead(port, site.job()) : new RoundTripPeer(port, site.job());
        }
        return site.isLead() ? new StreamLead(openPort(site), site.job()) :
            new StreamPeer(new ArrayList<>(openReceivers(site)), site.job());
    }
}
