package io.aeromesh.bench.cli;

import java.util.List;

/**
 * Flags of every JVM that measures, the same for all technologies.
 */
final class MeasuringFlags
{
    /** A heap that is there from the start, no pause that nobody asked for, and what Chronicle Queue wants opened. */
    static final List<String> ALL = List.of(
        "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseParallelGC",
        "-XX:+UnlockDiagnosticVMOptions", "-XX:GuaranteedSafepointInterval=0",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-exports=java.base/jdk.internal.util=ALL-UNNAMED",
        "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
        "-Dchronicle.announcer.disable=true", "-Dchronicle.disk.monitor.disable=true");

    private MeasuringFlags()
    {
    }
}
