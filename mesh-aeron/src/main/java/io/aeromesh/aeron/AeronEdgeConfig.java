package io.aeromesh.aeron;

import io.aeromesh.spi.EdgeConfig;

/**
 * Configuration of an Aeron edge. Immutable.
 */
public sealed interface AeronEdgeConfig extends EdgeConfig
    permits AeronIpcEdgeConfig, AeronUdpEdgeConfig, AeronMulticastEdgeConfig
{
    /** Scheme of all Aeron edges. */
    String SCHEME = "aeron";

    /**
     * What all Aeron edges have.
     */
    AeronOptions aeron();

    @Override
    default String scheme()
    {
        return SCHEME;
    }
}
