package io.aeromesh.tools.watch;

import io.aeromesh.os.StatusFiles.State;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.tools.look.Distribution;
import io.aeromesh.tools.look.Shown;
import io.aeromesh.watch.CounterValue;
import io.aeromesh.watch.NodeSnapshot;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * A node's counters and times, for people.
 */
final class StatText
{
    private static final String COUNTER = "  %s%-28s %14s%n";
    private static final String TIMES = "  %-28s %14s %10s %10s %10s %10s%n";

    private final PrintWriter out;
    private final boolean withZeros;

    StatText(final PrintWriter out, final boolean withZeros)
    {
        this.out = out;
        this.withZeros = withZeros;
    }

    void print(final NodeSnapshot node, final long nowMs)
    {
        out.println(head(node, nowMs));
        String heading = "";
        for (final CounterValue counter : node.counters())
        {
            if (counter.value() == 0 && !withZeros)
            {
                continue;
            }
            final String owner = counter.owner().isEmpty() ? "" :
                counter.counter().scope().name().toLowerCase(Locale.ROOT) + " " + counter.owner();
            if (!owner.equals(heading))
            {
                heading = owner;
                out.println("  " + heading);
            }
            out.printf(Locale.ROOT, COUNTER, heading.isEmpty() ? "" : "  ", counter.counter().label(),
                Shown.value(counter.counter().unit(), counter.value()));
        }
        out.printf(Locale.ROOT, TIMES, "times", "count", "50%", "99%", "99.9%", "max");
        for (final MeshHistogram histogram : MeshHistogram.values())
        {
            final Distribution times = new Distribution().add(node.times().get(histogram));
            out.printf(Locale.ROOT, TIMES, histogram.label(), times.count(), Shown.nanoseconds(times.valueAt(50)),
                Shown.nanoseconds(times.valueAt(99)), Shown.nanoseconds(times.valueAt(99.9)),
                Shown.nanoseconds(times.valueAt(100)));
        }
        if (!node.errors().isEmpty())
        {
            out.println("  " + node.errors().size() + " distinct error(s): mesh errors " + node.name());
        }
    }

    /**
     * Who it is, in one line.
     */
    static String head(final NodeSnapshot node, final long nowMs)
    {
        return "node " + node.name() + ", mesh " + node.mesh() + ", process " + node.processId() + ", " +
            (node.state() == State.ALIVE ? "alive since " : "CRASHED, began ") + Shown.time(node.startMs()) +
            (node.state() == State.ALIVE ? " (" + Shown.duration(nowMs - node.startMs()) + ")" : "");
    }
}
