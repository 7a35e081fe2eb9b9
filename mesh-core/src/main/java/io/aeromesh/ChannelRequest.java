package io.aeromesh;

/**
 * A node asks for a channel that is not open here. Accept it by opening a channel to {@link #source} with that name.
 *
 * @param source            name of the asking node.
 * @param channel           name asked for.
 * @param schemaFingerprint of the asking end.
 */
public record ChannelRequest(String source, String channel, long schemaFingerprint)
{
    /**
     * A spec that accepts this request: an end that lives for one session, so that the listener is told again when
     * the peer connects anew.
     */
    public ChannelSpec spec()
    {
        return ChannelSpec.to(source)
            .named(channel)
            .schemaFingerprint(schemaFingerprint)
            .ifExists(ChannelSpec.IfExists.REPLACE)
            .lifetime(ChannelSpec.Lifetime.ONE_SESSION);
    }
}
