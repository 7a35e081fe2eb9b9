package io.aeromesh.internal.session;

/**
 * Names a channel to one peer within a node.
 *
 * @param peerId of the other node.
 * @param name   of the channel.
 */
record ChannelKey(long peerId, String name)
{
}
