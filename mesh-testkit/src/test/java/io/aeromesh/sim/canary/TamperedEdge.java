package io.aeromesh.sim.canary;

import io.aeromesh.fake.ForwardingEdge;
import io.aeromesh.fake.ForwardingLane;
import io.aeromesh.sim.PacketWatch.LaneKind;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An edge on whose packets somebody lays hands.
 */
final class TamperedEdge extends ForwardingEdge
{
    TamperedEdge(final SimMedium at, final Edge inner, final Tamper tamper)
    {
        super(inner, new TamperedLane(at, LaneKind.CONTROL, inner.control(), tamper),
            new TamperedLane(at, LaneKind.DATA, inner.data(), tamper));
    }

    /** Claims as the inner one, and polls through the tamper. */
    private static final class TamperedLane extends ForwardingLane
    {
        private final SimMedium at;
        private final LaneKind kind;
        private final Tamper tamper;

        TamperedLane(final SimMedium at, final LaneKind kind, final Lane inner, final Tamper tamper)
        {
            super(inner);
            this.at = at;
            this.kind = kind;
            this.tamper = tamper;
        }

        @Override
        public int poll(final PacketHandler handler, final int limit)
        {
            return super.poll((buffer, offset, length) ->
            {
                final UnsafeBuffer packet = new UnsafeBuffer(new byte[length]);
                packet.putBytes(0, buffer, offset, length);
                return tamper.onPacket(at, kind, packet, handler);
            }, limit);
        }
    }
}
