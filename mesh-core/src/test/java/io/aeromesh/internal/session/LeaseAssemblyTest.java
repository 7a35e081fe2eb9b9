package io.aeromesh.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.LeaseConfig;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.PrivateMemory;
import io.aeromesh.os.MeshOs;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LeaseAssemblyTest
{
    private final NodeLeases leases =
        new NodeLeases("a", 1, 1, LeaseConfig.DEFAULT, new PrivateMemory(), MeshOs.system());
    private final LeaseAssembly assembly = new LeaseAssembly(leases);

    @Test
    void shouldSayWhatIsMissing()
    {
        assertTrue(assembly.begin(100));
        assertEquals(104, assembly.missing());
        assembly.put(new UnsafeBuffer(new byte[64]), 0, 64);
        assertEquals(40, assembly.missing());
        assertEquals(100, assembly.received().lease().length());
        assembly.release();
        assertEquals(0, leases.blocksHeld());
    }

    /** The agent abandons the stream while the application's thread, outside of a poll, asks whether it is drained. */
    @Test
    void shouldSayWhatIsMissingAlsoWhenTheBlockIsReleasedMeanwhile()
    {
        assembly.begin(100);
        final boolean wasUnderWay = assembly.isUnderWay();
        assembly.release();
        assertTrue(wasUnderWay && assembly.missing() > 0);
        assertFalse(assembly.isUnderWay());
    }
}
