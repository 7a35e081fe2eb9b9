package io.aeromesh.tools;

import io.aeromesh.tools.stream.StreamReport;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * How streams are reported.
 */
final class StreamOptions
{
    @Option(names = "--progress",
        description = "Say on standard error what is waited for, and once a second how far it is.")
    private boolean progress;

    @Option(names = "--json", description = "Print the report on standard error as JSON, one line.")
    private boolean json;

    boolean isProgress()
    {
        return progress;
    }

    void print(final CommandSpec spec, final StreamReport report)
    {
        final PrintWriter err = spec.commandLine().getErr();
        err.println(json ? report.toJson().toString() : spec.qualifiedName() + ": " + report.toText());
        err.flush();
    }
}
