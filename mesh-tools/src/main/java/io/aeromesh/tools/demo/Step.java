package io.aeromesh.tools.demo;

import io.aeromesh.tools.process.ProcessFailure;

/**
 * One part of the demo.
 */
interface Step
{
    /**
     * Name in the report.
     */
    String key();

    /**
     * What it does, for people.
     */
    String title();

    /**
     * Does it. What it finds goes to the report as soon as it is known, so that a failure leaves it there.
     *
     * @throws ProcessFailure when it can not be completed.
     */
    void run(Cluster cluster, StepReport report);
}
