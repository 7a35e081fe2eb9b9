package io.aeromesh.shm;

import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A process that has no descriptors left when it attaches memory and when it makes some, and has some then:
 * {@code FullTableMain BASE MESH NODE CREATOR ID LENGTH}. Says each time what comes of it.
 */
final class FullTableMain
{
    private static final String FILE = "/dev/null";

    private FullTableMain()
    {
    }

    /**
     * Runs once.
     */
    public static void main(final String[] args) throws IOException
    {
        final long id = Long.parseLong(args[4]);
        final int length = Integer.parseInt(args[5]);
        try (SharedMemory memory = new ShmMemoryProvider().open(
            new SharedMemoryProvider.Context(args[2], args[1], 5, 6, MeshOs.system(), Path.of(args[0]))))
        {
            final Callable<AutoCloseable> attach = () -> memory.attach(args[3], id, length);
            final Callable<AutoCloseable> create = () -> memory.create(length);
            // a class that is loaded for the first time needs a descriptor too
            outcome(attach);
            outcome(create);
            outcome(() -> memory.attach(args[3], ~id, length));
            final List<AutoCloseable> open = fill();
            final String[] outcomes = {outcome(attach), outcome(create)};
            closeAll(open);
            System.out.println("ATTACH " + outcomes[0]);
            System.out.println("CREATE " + outcomes[1]);
            System.out.println("LATER " + outcome(attach) + ' ' + outcome(create));
            System.out.flush();
        }
    }

    private static List<AutoCloseable> fill()
    {
        final List<AutoCloseable> open = new ArrayList<>();
        while (true)
        {
            try
            {
                open.add(new FileInputStream(FILE));
            }
            catch (final IOException full)
            {
                return open;
            }
        }
    }

    private static String outcome(final Callable<AutoCloseable> attempt)
    {
        try
        {
            attempt.call().close();
            return "DONE";
        }
        catch (final MeshException ex)
        {
            return ex.code().name();
        }
        catch (final Exception ex)
        {
            return ex.toString();
        }
    }

    private static void closeAll(final List<AutoCloseable> open) throws IOException
    {
        for (final AutoCloseable each : open)
        {
            try
            {
                each.close();
            }
            catch (final Exception ex)
            {
                throw new IOException(ex);
            }
        }
    }
}
