package io.aeromesh.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The document says what the declarations say, row by row.
 */
class CountersDocumentTest
{
    private static final Path DOCUMENT = Path.of("..", "docs", "COUNTERS.md");

    @Test
    void shouldDocumentEachCounterEventAndTimeAsDeclared() throws IOException
    {
        final List<String> expected = Stream.of(
            Stream.of(MeshCounter.values()).map(counter -> row(counter.id(), counter.label(), lower(counter.scope()),
                lower(counter.unit()), lower(counter.kind()), counter.doc())),
            Stream.of(MeshEvent.values()).map(event -> row(event.id(), event.label(), event.doc())),
            Stream.of(MeshHistogram.values()).map(times -> row(times.label(), times.doc()))).flatMap(rows -> rows)
            .toList();
        final List<String> found = Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| id") && !line.startsWith("| times")).toList();

        assertEquals(String.join("\n", expected), String.join("\n", found), DOCUMENT::toString);
    }

    @Test
    void shouldUseNoIdTwice()
    {
        final Set<Integer> counters = new HashSet<>();
        Stream.of(MeshCounter.values()).forEach(counter -> counters.add(counter.id()));
        final Set<Integer> events = new HashSet<>();
        Stream.of(MeshEvent.values()).forEach(event -> events.add(event.id()));

        assertEquals(MeshCounter.values().length, counters.size());
        assertEquals(MeshEvent.values().length, events.size());
    }

    private static String row(final Object... cells)
    {
        return Stream.of(cells).map(Object::toString).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String lower(final Enum<?> value)
    {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
