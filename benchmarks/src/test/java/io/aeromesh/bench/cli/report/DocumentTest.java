package io.aeromesh.bench.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentTest
{
    private static final String TEXT = """
        before
        <!-- bench rtt-32 -->
        old $1
        <!-- bench end -->
        between
        <!-- bench hop -->
        <!-- bench end -->
        after
        """;

    @Test
    void shouldReplaceTheBlocksAndNothingElse()
    {
        final Document document = new Document("a.md", TEXT);
        assertEquals(List.of("rtt-32", "hop"), document.blocks());
        final String text = document.with(Map.of("rtt-32", "new $1\n", "hop", "| 1 |"));
        assertEquals("""
            before
            <!-- bench rtt-32 -->

            new $1

            <!-- bench end -->
            between
            <!-- bench hop -->

            | 1 |

            <!-- bench end -->
            after
            """, text);
        assertEquals(text, new Document("a.md", text).with(Map.of("rtt-32", "new $1", "hop", "| 1 |")));
    }

    @Test
    void shouldLeaveABlockThatWasNotMadeAnew()
    {
        final String text = new Document("a.md", TEXT).with(Map.of("hop", "| 1 |"));
        assertTrue(text.startsWith("before\n<!-- bench rtt-32 -->\nold $1\n<!-- bench end -->\nbetween\n"), text);
        assertTrue(text.contains("<!-- bench hop -->\n\n| 1 |\n\n<!-- bench end -->"), text);
    }

    @Test
    void shouldRefuseABlockWithoutAnEnd()
    {
        final String message = assertThrows(IllegalArgumentException.class,
            () -> new Document("a.md", "<!-- bench hop -->\ntext\n")).getMessage();
        assertTrue(message.contains("a.md has 1 marks and 0 blocks"), message);
    }
}
