package io.aeromesh.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.StatusConfig;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.StatusMemory;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.status.NodeStatus;
import io.aeromesh.status.StatusLayout;
import org.junit.jupiter.api.Test;

class AcknowledgedSampleTest
{
    private final StatusMemory memory = StatusMemory.onHeap(NodeStatus.length(StatusConfig.DEFAULT));
    private final NodeStatus status = new NodeStatus(
        new NodeStatus.Subject("a", "default", 1, 1), StatusConfig.DEFAULT, memory, MeshOs.system());
    private final AcknowledgedSample sample = new AcknowledgedSample(status.times(MeshHistogram.ACKNOWLEDGED));

    @Test
    void shouldTimeOneMessageAtATime()
    {
        sample.look(100, 0, 1_000_000);
        sample.look(200, 50, 1_102_000); // not whole yet
        assertEquals(0, sum());
        sample.look(300, 150, 1_105_000); // takes the next
        assertEquals(105_000, sum());
        sample.look(300, 300, 1_106_000);
        assertEquals(106_000, sum());
    }

    @Test
    void shouldTakeFewWhenMessagesAreQuick()
    {
        for (int i = 1; i <= 1_000; i++)
        {
            sample.look(i * 100L, i * 100L - 100, i * 1_000L); // the one before is acknowledged
        }
        assertEquals(10 * 1_000L, sum());
    }

    @Test
    void shouldForgetWhatASessionsEndHasLeft()
    {
        sample.look(100, 0, 1_000_000);
        sample.reset();
        sample.look(100, 100, 9_000_000);
        assertEquals(0, sum());
    }

    private long sum()
    {
        return memory.buffer().getLong(new StatusLayout(StatusConfig.DEFAULT).timesOffset(MeshHistogram.ACKNOWLEDGED) +
            StatusLayout.TIMES_SUM_OFFSET);
    }
}
