package io.aeromesh.aeron;

import io.aeromesh.spi.EdgeConfig;

/**
 * Configuration of an Aeron edge. Immutable.
 */
public sealed interface AeronEdgeConfig extends EdgeConfig
    permits AeronIpcEdgeConfig, AeronUdpEdgeConfig, AeronMulticastEdgeConfig, AeronDirectEdgeConfig,
    AeronPlaceEdgeConfig
{
    /** Scheme of all Aeron edges. */
    String SCHEME = "aeron";

    /**
     * What all Aeron edges have.
     */
    AeronOptions aeron();

    /**
     * Stream id of the peer's control lane, where it is another one than at this end.
     */
    default int remoteStream()
    {
        return aeron().stream();
    }

    @Override
    default String scheme()
    {
        return SCHEME;
    }
}
