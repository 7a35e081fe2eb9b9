package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.PacketBatch;
import io.aeromesh.bench.cli.measure.Actor;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Packets that are moved on one thread, by a node or by a bare copy. Writing and reading them is not counted.
 */
final class HopTechnology implements Technology
{
    private static final int SIZE = 32;

    private final Supplier<PacketBatch> batches;
    private final String config;

    HopTechnology(final String config, final Supplier<PacketBatch> batches)
    {
        this.config = config;
        this.batches = batches;
    }

    @Override
    public Optional<String> unavailable(final Job job)
    {
        return job.size() == SIZE ? Optional.empty() :
            Optional.of("is measured with messages of " + SIZE + " bytes only");
    }

    @Override
    public Actor open(final Site site)
    {
        return site.isLead() ? new Mover(batches.get(), config) : new IdlePeer();
    }

    /** Moves batch after batch. */
    private record Mover(PacketBatch batch, String config) implements Actor
    {
        @Override
        public long run(final long count)
        {
            long excludedNs = 0;
            for (long done = 0; done < count; done += PacketBatch.BATCH)
            {
                final long startNs = System.nanoTime();
                batch.fill();
                final long filledNs = System.nanoTime();
                batch.move();
                final long movedNs = System.nanoTime();
                batch.drain();
                excludedNs += System.nanoTime() - movedNs + (filledNs - startNs);
            }
            return excludedNs;
        }

        @Override
        public int unit()
        {
            return PacketBatch.BATCH;
        }

        @Override
        public void close()
        {
            batch.close();
        }
    }
}
