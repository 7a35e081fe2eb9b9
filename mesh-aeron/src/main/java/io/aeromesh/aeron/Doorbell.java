package io.aeromesh.aeron;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.exceptions.AeronException;
import org.agrona.DirectBuffer;

/**
 * Knocks at the door of one other place.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> the publication, which lives for as long as there is something to
 * say.
 */
final class Doorbell
{
    private final String channel;
    private final int stream;
    private Aeron client;
    private ExclusivePublication publication;
    private long registrationId;

    Doorbell(final String address, final int stream)
    {
        channel = "aeron:udp?endpoint=" + address + "|term-length=" + AeronOptions.CONTROL_TERM_LENGTH +
            "|mtu=" + Channels.UDP_MTU + "|sparse=false";
        this.stream = stream;
    }

    /**
     * Says something, if that can be done already.
     *
     * @return whether it was said. Whether it was heard, an answer will tell.
     * @throws AeronException when the client ends; a RegistrationException when the driver refuses the address.
     *                        The next call asks again.
     */
    boolean say(final Aeron present, final DirectBuffer frame, final int length)
    {
        if (present == null)
        {
            return false;
        }
        if (client != present)
        {
            publication = null;
            registrationId = present.asyncAddExclusivePublication(channel, stream);
            client = present;
            return false;
        }
        if (publication == null)
        {
            client = null; // unless it is answered without an exception
            publication = present.getExclusivePublication(registrationId);
            client = present;
        }
        return publication != null && publication.offer(frame, 0, length) > 0;
    }

    /**
     * The client ends, and with it the memory of the stream.
     */
    void onClientGone()
    {
        client = null;
        publication = null;
    }

    void close()
    {
        try
        {
            if (client != null && !client.isClosed())
            {
                client.asyncRemovePublication(registrationId);
            }
        }
        catch (final AeronException ignore)
        {
            // a client that ends takes no more commands, and frees all
        }
        onClientGone();
    }
}
