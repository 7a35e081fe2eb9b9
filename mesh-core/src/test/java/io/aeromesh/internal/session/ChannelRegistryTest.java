package io.aeromesh.internal.session;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.aeromesh.ChannelSpec;
import io.aeromesh.LeaseConfig;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.PrivateMemory;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class ChannelRegistryTest
{
    private static final int COLLECTIONS = 20;

    private final NodeLeases leases =
        new NodeLeases("a", 1, 1, LeaseConfig.DEFAULT, new PrivateMemory(), MeshOs.system());
    private final ChannelRegistry registry = new ChannelRegistry(leases, Parking.NONE);

    /** An application that opens channels to ever other peers would keep the rings of all of them. */
    @Test
    void shouldKeepNoClosedEndWhenAChannelToAnotherPeerIsOpened()
    {
        final WeakReference<PeerChannel> closed = openAndClose();

        registry.add(ChannelSpec.to("c"));

        for (int i = 0; i < COLLECTIONS && closed.get() != null; i++)
        {
            System.gc();
        }
        assertNull(closed.get());
    }

    private WeakReference<PeerChannel> openAndClose()
    {
        final PeerChannel channel = registry.add(ChannelSpec.to("b"));
        channel.close();
        return new WeakReference<>(channel);
    }
}
