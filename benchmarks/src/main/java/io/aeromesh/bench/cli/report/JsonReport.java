package io.aeromesh.bench.cli.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Rows as an array of objects, one for each run.
 */
public final class JsonReport
{
    private JsonReport()
    {
    }

    /**
     * Into a file.
     */
    public static void write(final Path file, final List<Entry> entries) throws IOException
    {
        Files.writeString(file, text(entries), StandardCharsets.UTF_8);
    }

    static String text(final List<Entry> entries) throws IOException
    {
        return new ObjectMapper().writerWithDefaultPrettyPrinter()
            .writeValueAsString(entries.stream().map(Row::of).toList()) + "\n";
    }
}
