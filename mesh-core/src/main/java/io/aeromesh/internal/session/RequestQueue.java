package io.aeromesh.internal.session;

import io.aeromesh.ChannelRequest;
import io.aeromesh.RequestListener;
import java.util.function.Consumer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * A listener for channel requests, fed by the agent and polled by the application.
 */
public final class RequestQueue implements RequestListener
{
    private final String channelName;
    private final OneToOneConcurrentArrayQueue<ChannelRequest> queue;
    private volatile boolean closed;

    /**
     * @param channelName to listen for; empty: any.
     * @param capacity    of requests that wait to be polled; more wait at the agent.
     */
    public RequestQueue(final String channelName, final int capacity)
    {
        this.channelName = channelName;
        queue = new OneToOneConcurrentArrayQueue<>(capacity);
    }

    boolean wants(final ChannelRequest request)
    {
        return channelName.isEmpty() || channelName.equals(request.channel());
    }

    boolean tell(final ChannelRequest request)
    {
        return queue.offer(request);
    }

    boolean isClosed()
    {
        return closed;
    }

    @Override
    public int poll(final Consumer<ChannelRequest> handler)
    {
        int count = 0;
        ChannelRequest request;
        while (!closed && count < queue.capacity() && (request = queue.poll()) != null)
        {
            count++;
            handler.accept(request);
        }
        return count;
    }

    @Override
    public void close()
    {
        closed = true;
    }
}
