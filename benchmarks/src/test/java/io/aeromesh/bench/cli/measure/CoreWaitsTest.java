package io.aeromesh.bench.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoreWaitsTest
{
    @Test
    void shouldReadOneOfSeveralNumbers()
    {
        final byte[] text = "553085587 675299 22\nstale".getBytes(StandardCharsets.US_ASCII);
        final int length = "553085587 675299 22\n".length();
        assertEquals(553_085_587, CoreWaits.number(text, length, 0));
        assertEquals(675_299, CoreWaits.number(text, length, 1));
        assertEquals(22, CoreWaits.number(text, length, 2));
    }

    @Test
    void shouldAllocateNothingWhenAsked()
    {
        try (CoreWaits waits = new CoreWaits(Set.of(CoreWaits.threadId())))
        {
            waits.takenNs();
            final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++)
            {
                waits.takenNs();
            }
            final long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(bytes < 100_000, "1,000 looks allocated " + bytes + " bytes");
        }
    }
}
