package io.aeromesh.bench.cli.tech;

import org.agrona.DirectBuffer;

/**
 * Told of what a port receives.
 */
@FunctionalInterface
interface Receiver
{
    /**
     * @param buffer borrowed until return.
     */
    void onMessage(DirectBuffer buffer, int offset, int length);
}
