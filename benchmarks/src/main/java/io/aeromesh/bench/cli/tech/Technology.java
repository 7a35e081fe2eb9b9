package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Actor;
import io.aeromesh.bench.cli.measure.Role;
import java.util.List;
import java.util.Optional;

/**
 * Something that can be measured. Stateless; what it opens is in its actors.
 */
public interface Technology
{
    /**
     * Why it can not do this job, in one line.
     */
    default Optional<String> unavailable(final Job job)
    {
        return Optional.empty();
    }

    /**
     * Configurations to be tried for this job; the best is measured.
     */
    default List<String> variants(final Job job)
    {
        return List.of("");
    }

    /**
     * The end that has to be there before the other.
     */
    default Role first(final Job job)
    {
        return Role.LEAD;
    }

    /**
     * Opens an end.
     *
     * @throws io.aeromesh.bench.cli.measure.Unavailable saying why it can not be opened here.
     */
    Actor open(Site site);
}
