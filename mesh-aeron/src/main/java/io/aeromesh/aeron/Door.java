package io.aeromesh.aeron;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Where a place hears who knocks: one stream at its endpoint, to which anybody can publish.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while nobody knocks. <b>Owns:</b> the subscription.
 */
final class Door implements LiveImage.Reader
{
    /**
     * Told of knocks.
     */
    interface Listener
    {
        /**
         * Somebody knocks, or answers a knock.
         *
         * @param frame borrowed until return.
         */
        void onKnock(KnockFrame frame);

        /**
         * What came is no frame of ours.
         */
        void onNoKnock(String what);
    }

    private static final int POLL_LIMIT = 16;

    private final String channel;
    private final int stream;
    private final Listener listener;
    private final KnockFrame frame = new KnockFrame();
    private final List<LiveImage> images = new ArrayList<>();
    private Aeron client;
    private Subscription subscription;
    private long registrationId;
    private LiveImage polled;
    private LiveImage broken;

    Door(final String endpoint, final int stream, final Listener listener)
    {
        channel = "aeron:udp?endpoint=" + endpoint + "|reliable=true";
        this.stream = stream;
        this.listener = listener;
    }

    /**
     * Listens, by the client that there is now; null: none.
     *
     * @throws AeronException when the client ends; a RegistrationException when the driver refuses the endpoint.
     *                        The next call asks again.
     */
    int poll(final Aeron present)
    {
        if (present == null)
        {
            return 0;
        }
        if (client != present)
        {
            onClientGone();
            registrationId = present.asyncAddSubscription(channel, stream,
                image -> images.add(new LiveImage(image, present.countersReader())),
                image -> images.removeIf(known -> known.isOf(image)));
            client = present;
            return 1;
        }
        if (subscription == null)
        {
            client = null; // unless it is answered without an exception
            subscription = present.getSubscription(registrationId);
            client = present;
            return 0;
        }

        int workCount = 0;
        for (int i = 0; i < images.size(); i++)
        {
            polled = images.get(i);
            workCount += polled.poll(this, POLL_LIMIT);
        }
        if (broken != null)
        {
            images.remove(broken);
            broken = null;
        }
        return workCount;
    }

    @Override
    public Action onFrame(final DirectBuffer buffer, final int offset, final int length, final long address)
    {
        if (frame.decode(buffer, offset, length))
        {
            listener.onKnock(frame);
        }
        else
        {
            refuse("frame of " + length + " bytes");
        }
        return Action.CONTINUE;
    }

    @Override
    public void onBadFrame(final String what)
    {
        broken = polled; // what comes behind can not be found
        refuse(what);
    }

    private void refuse(final String what)
    {
        listener.onNoKnock(what + " from session " + polled.sessionId());
    }

    /**
     * The client ends, and with it the memory of the stream.
     */
    void onClientGone()
    {
        client = null;
        subscription = null;
        images.clear();
    }

    void close()
    {
        try
        {
            if (client != null && !client.isClosed())
            {
                client.asyncRemoveSubscription(registrationId);
            }
        }
        catch (final AeronException ignore)
        {
            // a client that ends takes no more commands, and frees all
        }
        onClientGone();
    }
}
