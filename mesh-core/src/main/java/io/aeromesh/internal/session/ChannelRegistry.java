package io.aeromesh.internal.session;

import io.aeromesh.BroadcastSpec;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.os.Parking;
import java.util.HashMap;
import java.util.Map;

/**
 * Which channel ends the application has open, so that a second one is refused at once. Any thread; used when channels
 * are opened, never on a message path.
 */
public final class ChannelRegistry
{
    private final NodeLeases leases;
    private final Map<String, Map<String, PeerChannel>> proxies = new HashMap<>();
    private final Map<String, GroupChannel> groups = new HashMap<>();
    private final Parking agent;

    /**
     * @param leases that the channels send and receive.
     * @param agent  that the ends wake.
     */
    public ChannelRegistry(final NodeLeases leases, final Parking agent)
    {
        this.leases = leases;
        this.agent = agent;
    }

    /**
     * Makes a channel end.
     */
    public synchronized PeerChannel add(final ChannelSpec spec)
    {
        forgetClosed();
        final Map<String, PeerChannel> ofPeer = proxies.computeIfAbsent(spec.peer(), peer -> new HashMap<>());
        final PeerChannel open = ofPeer.get(spec.name());
        if (open != null)
        {
            if (spec.ifExists() == ChannelSpec.IfExists.FAIL)
            {
                throw new MeshException(ErrorCode.CHANNEL_EXISTS, open + " is open");
            }
            open.replace();
        }
        final PeerChannel channel = new PeerChannel(spec, leases, agent);
        ofPeer.put(spec.name(), channel);
        return channel;
    }

    /**
     * Of all peers, as a closed end has its rings, and its peer may never come again.
     */
    private void forgetClosed()
    {
        proxies.values().removeIf(ofPeer ->
        {
            ofPeer.values().removeIf(channel -> channel.state() == ChannelState.CLOSED);
            return ofPeer.isEmpty();
        });
    }

    /**
     * Makes a broadcast channel end.
     */
    public synchronized GroupChannel add(final BroadcastSpec spec)
    {
        groups.values().removeIf(channel -> channel.gate().closeRequested);
        final GroupChannel open = groups.get(spec.name());
        if (open != null)
        {
            throw new MeshException(ErrorCode.CHANNEL_EXISTS, open + " is open");
        }
        final GroupChannel channel = new GroupChannel(spec, leases, agent);
        groups.put(spec.name(), channel);
        return channel;
    }
}
