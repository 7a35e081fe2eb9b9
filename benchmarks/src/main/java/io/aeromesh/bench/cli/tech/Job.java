package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Plan;

/**
 * One row to be measured.
 *
 * @param benchCase what.
 * @param tech      name of the technology.
 * @param mode      what the ends are.
 * @param size      of a message in bytes.
 * @param fanout    receivers; 1 unless broadcast.
 * @param variant   configuration of the technology, as {@link Variant} has it.
 * @param plan      how long.
 */
public record Job(Case benchCase, String tech, Mode mode, int size, int fanout, String variant, Plan plan)
{
    /** Smallest message: its sequence number. */
    public static final int SIZE_MIN = 8;
    /** Largest message. */
    public static final int SIZE_MAX = 4 * 1024 * 1024;

    /** With this configuration. */
    public Job variant(final String newVariant)
    {
        return new Job(benchCase, tech, mode, size, fanout, newVariant, plan);
    }

    /** With this duration. */
    public Job plan(final Plan newPlan)
    {
        return new Job(benchCase, tech, mode, size, fanout, variant, newPlan);
    }
}
