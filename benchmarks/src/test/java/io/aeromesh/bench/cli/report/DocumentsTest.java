package io.aeromesh.bench.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest
{
    @TempDir
    private Path directory;

    private Path file(final String name, final String text) throws IOException
    {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String block(final String name, final String content)
    {
        return "<!-- bench " + name + " -->\n\n" + content + "\n\n<!-- bench end -->\n";
    }

    @Test
    void shouldKeepWhatIsWrittenBetweenTwoTables() throws IOException
    {
        final Path first = file("a.md", block("hop", "old"));
        final Path second = file("b.md", block("proxy", "old"));
        final Documents documents = new Documents(List.of(first, second), List.of("hop", "proxy"));
        assertEquals(List.of("hop", "proxy"), documents.blocks());
        documents.replace(Map.of("hop", "new"));
        Files.writeString(first, "a remark\n" + Files.readString(first));
        documents.replace(Map.of("hop", "newer"));

        assertEquals("a remark\n" + block("hop", "newer"), Files.readString(first));
        assertEquals(block("proxy", "old"), Files.readString(second));
    }

    /** Whoever ends this, or reads meanwhile, must not find half of it: what was there is never written to. */
    @Test
    void shouldReplaceADocumentAsAWhole() throws IOException
    {
        final Path file = file("a.md", block("hop", "old"));
        final Path before = Files.createLink(directory.resolve("before"), file);
        new Documents(List.of(file), List.of("hop")).replace(Map.of("hop", "new"));

        assertEquals(block("hop", "new"), Files.readString(file));
        assertEquals(block("hop", "old"), Files.readString(before));
        try (Stream<Path> all = Files.list(directory))
        {
            assertEquals(2, all.count());
        }
    }

    @Test
    void shouldSayWhichBlockIsUnknown() throws IOException
    {
        final List<Path> files = List.of(file("a.md", block("hops", "old")));
        final String message = assertThrows(IllegalArgumentException.class,
            () -> new Documents(files, List.of("hop", "proxy"))).getMessage();
        assertTrue(message.contains("a.md has a block 'hops', there are: hop, proxy"), message);
    }

    @Test
    void shouldSayWhichFileIsNotThere()
    {
        final List<Path> files = List.of(directory.resolve("a.md"));
        final String message = assertThrows(IllegalArgumentException.class,
            () -> new Documents(files, List.of("hop"))).getMessage();
        assertTrue(message.contains("a.md' is no file that can be written"), message);
    }
}
