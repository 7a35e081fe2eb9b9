package io.aeromesh;

import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * A channel whose messages have a type. Threading, blocking and results are those of the {@link Channel} below it.
 *
 * @param <T> type of the messages.
 */
public final class TypedChannel<T> implements AutoCloseable
{
    private final Channel channel;
    private final Codec<T> codec;
    private final MessageClaim claim = new MessageClaim();
    private final MessageHandler decoder = this::onMessage;
    private TypedHandler<T> handler;

    /**
     * Consumes typed messages.
     *
     * @param <T> type of the messages.
     */
    @FunctionalInterface
    public interface TypedHandler<T>
    {
        /**
         * Called for each message, in order.
         *
         * @param message valid until return.
         * @param origin  where it comes from; valid until return.
         */
        void onMessage(T message, MessageOrigin origin);
    }

    /**
     * Opens a channel with the codec's fingerprint.
     */
    public static <T> TypedChannel<T> open(final MeshNode node, final ChannelSpec spec, final Codec<T> codec)
    {
        return new TypedChannel<>(node.open(spec.schemaFingerprint(codec.fingerprint())), codec);
    }

    private TypedChannel(final Channel channel, final Codec<T> codec)
    {
        this.channel = channel;
        this.codec = Objects.requireNonNull(codec, "codec");
    }

    /**
     * The channel below.
     */
    public Channel channel()
    {
        return channel;
    }

    /**
     * Encodes a message into the channel.
     *
     * @return as {@link Channel#offer}.
     */
    public long offer(final T message)
    {
        final long position = channel.tryClaim(codec.encodedLength(message), claim);
        if (position > 0)
        {
            boolean encoded = false;
            try
            {
                codec.encode(message, claim.buffer(), claim.offset());
                encoded = true;
            }
            finally
            {
                if (encoded)
                {
                    claim.commit();
                }
                else
                {
                    claim.abort();
                }
            }
        }
        return position;
    }

    /**
     * Decodes received messages.
     *
     * @return as {@link Channel#poll}.
     */
    public int poll(final TypedHandler<T> typedHandler, final int limit)
    {
        handler = typedHandler;
        return channel.poll(decoder, limit);
    }

    @Override
    public void close()
    {
        channel.close();
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        handler.onMessage(codec.decode(buffer, offset, length), origin);
    }
}
