package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Actor;
import io.aeromesh.bench.cli.measure.Bounce;
import java.util.Optional;

/**
 * The hardware's own limit as a row: one line that both ends write, or two lines, each written by one end.
 */
final class LimitTechnology implements Technology
{
    private static final int SIZE_MAX = 64;

    private final Bounce.Lines lines;

    LimitTechnology(final Bounce.Lines lines)
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
        final Bounce bounce = site.page().bounce(lines);
        if (site.isLead())
        {
            return new Lead(bounce, lines == Bounce.Lines.TWO ? "two lines, one each way, no message" :
                "one line, no message");
        }
        return count ->
        {
            bounce.peer(count);
            return 0;
        };
    }

    private record Lead(Bounce bounce, String config) implements Actor
    {
        @Override
        public long run(final long count)
        {
            bounce.lead(count);
            return 0;
        }
    }
}
