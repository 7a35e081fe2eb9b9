package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Actor;
import io.aeromesh.bench.cli.measure.LimitProbe;
import java.util.Optional;

/**
 * The hardware's own limit as a row: one line that both ends write, or two lines, each written by one end.
 */
final class LimitTechnology implements Technology
{
    /** How many bounce. */
    enum Lines
    {
        ONE, TWO
    }

    private static final int SIZE_MAX = 64;

    private final Lines lines;

    LimitTechnology(final Lines lines)
    {
        this.lines = lines;
    }

    @Override
    public Optional<String> unavailable(final Job job)
    {
        return job.size() <= SIZE_MAX ? Optional.empty() :
            Optional.of("is a cache line, so for sizes up to " + SIZE_MAX + " only");
    }

    @Override
    public Actor open(final Site site)
    {
        final LimitProbe probe = site.limitProbe();
        if (lines == Lines.ONE)
        {
            return site.isLead() ? new OneLineLead(probe) : count ->
            {
                probe.peer(count);
                return 0;
            };
        }
        return site.isLead() ? new TwoLinesLead(probe) : count ->
        {
            probe.peerTwoLines(count);
            return 0;
        };
    }

    /** Both ends write the same line. */
    private record OneLineLead(LimitProbe probe) implements Actor
    {
        @Override
        public long run(final long count)
        {
            probe.lead(count);
            return 0;
        }

        @Override
        public String config()
        {
            return "one line, no message";
        }
    }

    /** Each end writes its own line. */
    private record TwoLinesLead(LimitProbe probe) implements Actor
    {
        @Override
        public long run(final long count)
        {
            probe.leadTwoLines(count);
            return 0;
        }

        @Override
        public String config()
        {
            return "two lines, one each way, no message";
        }
    }
}
