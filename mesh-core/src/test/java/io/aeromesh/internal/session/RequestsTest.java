package io.aeromesh.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.ChannelRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestsTest
{
    private static final int CAPACITY = 2;

    private final Requests requests = new Requests(8, (peerId, endId) -> true);
    private final RequestQueue listener = new RequestQueue("", CAPACITY);
    private final ChannelKey key = new ChannelKey(1, "c");
    private final List<ChannelRequest> told = new ArrayList<>();

    @Test
    void shouldKeepOnlyTheLatestRequestWhenTheListenerDoesNotPoll()
    {
        requests.listen(listener);
        for (int i = 0; i < 100; i++)
        {
            requests.add(key, i, new ChannelRequest("peer", "c", i));
        }

        pollAll();

        assertEquals(List.of(0L, 1L, 99L), told.stream().map(ChannelRequest::schemaFingerprint).toList());
    }

    @Test
    void shouldForgetUntoldRequestsWhenTheirNodeGoes()
    {
        requests.listen(listener);
        for (int i = 0; i < 8; i++)
        {
            requests.add(new ChannelKey(1, "c" + i), i, new ChannelRequest("peer", "c" + i, 0));
        }

        requests.removePeer(1);
        pollAll();

        assertEquals(CAPACITY, told.size());
    }

    private void pollAll()
    {
        for (int i = 0; i < 10; i++)
        {
            listener.poll(told::add);
            requests.doWork();
        }
    }
}
