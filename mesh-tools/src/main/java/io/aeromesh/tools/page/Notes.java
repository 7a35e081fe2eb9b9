package io.aeromesh.tools.page;

import io.aeromesh.os.StatusFiles.State;
import io.aeromesh.status.MeshEvent;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NotedError;
import io.aeromesh.watch.NotedEvent;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Errors and events of nodes as lines, the latest first, and no more than anybody reads.
 */
final class Notes
{
    /** Distinct errors that are shown. */
    static final int ERRORS_MAX = 100;
    /** Events that are shown, of routes and of everything else: routes change often. */
    static final int EVENTS_MAX = 150;
    /** Of each in a crash. */
    static final int CRASH_MAX = 10;
    /** Characters of an error's stack. */
    static final int STACK_LENGTH_MAX = 2_000;

    private static final Set<MeshEvent> ROUTES = EnumSet.of(MeshEvent.ROUTE, MeshEvent.ROUTE_LOST);
    private static final Comparator<Picture.EventLine> LATEST_FIRST = Comparator
        .comparingLong(Picture.EventLine::timeMs).thenComparingLong(Picture.EventLine::number).reversed();

    private Notes()
    {
    }

    static List<Picture.ErrorLine> errors(final List<NodeSnapshot> nodes)
    {
        return nodes.stream().flatMap(Notes::errors)
            .sorted(Comparator.comparingLong(Picture.ErrorLine::lastMs).reversed()).limit(ERRORS_MAX).toList();
    }

    static List<Picture.EventLine> events(final List<NodeSnapshot> nodes)
    {
        return Stream.concat(events(nodes, true), events(nodes, false)).sorted(LATEST_FIRST).toList();
    }

    private static Stream<Picture.EventLine> events(final List<NodeSnapshot> nodes, final boolean ofRoutes)
    {
        return nodes.stream()
            .flatMap(node -> node.events().stream()
                .filter(event -> ROUTES.contains(event.kind()) == ofRoutes).map(event -> event(node, event)))
            .sorted(LATEST_FIRST).limit(EVENTS_MAX);
    }

    static Picture.Crash crash(final NodeSnapshot node)
    {
        final List<Picture.ErrorLine> errors = errors(List.of(node));
        final List<Picture.EventLine> events = events(List.of(node));
        long lastMs = node.startMs();
        lastMs = errors.isEmpty() ? lastMs : Math.max(lastMs, errors.get(0).lastMs());
        lastMs = events.isEmpty() ? lastMs : Math.max(lastMs, events.get(0).timeMs());
        return new Picture.Crash(node.name(), node.instance(), node.processId(), node.startMs(), lastMs,
            errors.stream().limit(CRASH_MAX).toList(), events.stream().limit(CRASH_MAX).toList());
    }

    private static Stream<Picture.ErrorLine> errors(final NodeSnapshot node)
    {
        return node.errors().stream().map(error -> error(node, error));
    }

    private static Picture.ErrorLine error(final NodeSnapshot node, final NotedError error)
    {
        final int end = error.text().indexOf('\n');
        final String headline = (end < 0 ? error.text() : error.text().substring(0, end)).strip();
        final String stack = end < 0 ? "" : error.text().substring(end + 1);
        return new Picture.ErrorLine(node.name(), node.state() == State.CRASHED, error.count(), error.firstMs(),
            error.lastMs(), cut(headline), cut(stack));
    }

    private static String cut(final String text)
    {
        return text.length() <= STACK_LENGTH_MAX ? text : text.substring(0, STACK_LENGTH_MAX) + " ...";
    }

    private static Picture.EventLine event(final NodeSnapshot node, final NotedEvent event)
    {
        return new Picture.EventLine(node.name(), event.number(), event.timeMs(), event.kind().label(),
            event.kind().doc(), event.subject(), event.detail(),
            event.kind().value() == MeshEvent.Value.NONE ? -1 : event.value());
    }
}
