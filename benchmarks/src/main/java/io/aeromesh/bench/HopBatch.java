package io.aeromesh.bench;

import io.aeromesh.spi.Lane;

/**
 * Packets that a node between two edges passes on: the whole duty cycle, over and over until it has nothing more to do.
 */
public final class HopBatch extends PacketBatch
{
    private final ThreeNodes nodes = new ThreeNodes();
    private final Lane in = nodes.laneOfA();
    private final Lane out = nodes.laneOfC();
    private final Sink sink = new Sink(HOP_LIMIT - 1);

    /** As the neighbour does. */
    @Override
    public void fill()
    {
        for (int i = 0; i < BATCH; i++)
        {
            final int offset = in.tryClaim(PACKET_LENGTH);
            writePacket(in.buffer(), offset, nodes.c().id(), nodes.a().id(), i);
            in.commit();
        }
    }

    @Override
    public int move()
    {
        int work = 0;
        int done;
        while ((done = nodes.b().doWork()) > 0)
        {
            work += done;
        }
        return work;
    }

    /** As the next neighbour does. */
    @Override
    public void drain()
    {
        out.poll(sink, BATCH);
        sink.requireBatch();
    }

    @Override
    public void close()
    {
        nodes.close();
    }
}
