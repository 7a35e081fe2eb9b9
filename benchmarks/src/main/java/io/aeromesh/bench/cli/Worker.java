package io.aeromesh.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.bench.cli.measure.Unavailable;
import io.aeromesh.bench.cli.tech.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.agrona.IoUtil;

/**
 * A process that measures one row, or answers while another does. Its last line says what came of it. When its standard
 * input ends, its parent is gone: it removes the files of the row and ends at once, whatever it is at.
 */
public final class Worker
{
    static final String MEASURED = "measured ";
    static final String UNAVAILABLE = "unavailable ";
    static final String FAILED = "failed ";

    /** Which ends this process is. */
    enum Ends
    {
        LEAD, PEER, BOTH
    }

    private Worker()
    {
    }

    /**
     * @param args which ends, the directory of the row, the job as JSON.
     */
    public static void main(final String[] args) throws JsonProcessingException
    {
        final Path directory = Path.of(args[1]);
        final Thread watch = new Thread(() -> watchParent(directory), "parent-watch");
        watch.setDaemon(true);
        watch.start();

        final ObjectMapper mapper = new ObjectMapper();
        final Bout bout = new Bout(mapper.readValue(args[2], Job.class), directory);
        try
        {
            switch (Ends.valueOf(args[0]))
            {
                case LEAD -> say(MEASURED + mapper.writeValueAsString(bout.lead()));
                case BOTH -> say(MEASURED + mapper.writeValueAsString(bout.both(Worker::fail)));
                default -> bout.peer();
            }
            // a library's threads may not end by themselves
            Runtime.getRuntime().halt(0);
        }
        catch (final Throwable ex)
        {
            // checked ones too, which Agrona throws without declaring them
            fail(ex);
        }
    }

    private static void fail(final Throwable error)
    {
        if (error instanceof Unavailable)
        {
            say(UNAVAILABLE + oneLine(error.getMessage()));
        }
        else
        {
            error.printStackTrace();
            say(FAILED + oneLine(error.toString()));
        }
        Runtime.getRuntime().halt(1);
    }

    private static String oneLine(final String text)
    {
        return String.format(Locale.ROOT, "%s", text).replaceAll("\\s+", " ");
    }

    private static void say(final String line)
    {
        System.out.println(line);
        System.out.flush();
    }

    private static void watchParent(final Path directory)
    {
        try
        {
            while (System.in.read() >= 0)
            {
                // nothing is ever sent
            }
        }
        catch (final IOException ignore)
        {
            // as at the end of the input
        }
        IoUtil.delete(directory.getParent().toFile(), true);
        Runtime.getRuntime().halt(2);
    }
}
