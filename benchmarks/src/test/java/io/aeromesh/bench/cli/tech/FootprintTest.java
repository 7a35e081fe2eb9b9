package io.aeromesh.bench.cli.tech;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.measure.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FootprintTest
{
    private static final int CHANNELS = 200;
    private static final long SHARED_BYTES_MAX = 64L * 1024 * 1024;
    /** Less would mean that what is counted is not what was made. */
    private static final long SHARED_BYTES_MIN = CHANNELS * 2L * ChannelSpec.WINDOW_LENGTH_DEFAULT;
    private static final MessageHandler NOTHING = (buffer, offset, length, origin) ->
    {};

    @Test
    @Timeout(120)
    void shouldHoldTwoHundredDirectChannelsIn64MegabytesByDefault(@TempDir final Path directory)
    {
        final Job job = new Job(Case.FOOTPRINT, "channel", Mode.THREAD, 0, 1, "", Plan.QUICK);
        final MeshNodes nodes = new MeshNodes(new Site(job, directory, Role.LEAD, null), 1);
        try
        {
            final MeshNode a = nodes.launch("a", "shm:link?peer=b");
            final MeshNode b = nodes.launch("b", "shm:link?peer=a");
            final List<Arrival> arrivals = new ArrayList<>();
            for (int i = 0; i < CHANNELS; i++)
            {
                arrivals.add(new Arrival(a.open(ChannelSpec.to("b").named("c" + i)), ChannelPath::isDirect));
                arrivals.add(new Arrival(b.open(ChannelSpec.to("a").named("c" + i)), ChannelPath::isDirect));
            }
            while (!arrivals.isEmpty())
            {
                nodes.work();
                arrivals.removeIf(arrival -> arrival.isThere(NOTHING));
            }

            final long shared = Holdings.take(directory).sharedBytes();

            assertTrue(shared <= SHARED_BYTES_MAX && shared >= SHARED_BYTES_MIN,
                "shared=" + shared + ", most=" + SHARED_BYTES_MAX + ", least=" + SHARED_BYTES_MIN);
        }
        finally
        {
            nodes.close();
        }
    }
}
