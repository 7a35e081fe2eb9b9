package io.aeromesh.aeron;

import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;

/**
 * An edge through the shared memory of a media driver that both ends use:
 * {@code aeron:ipc?stream=1001|peer=C|dir=/dev/shm/driver}. Immutable.
 *
 * @param aeron   driver, stream and lengths.
 * @param options of every edge.
 */
public record AeronIpcEdgeConfig(AeronOptions aeron, EdgeOptions options) implements AeronEdgeConfig
{
    static final String PATH = "ipc";

    static AeronIpcEdgeConfig from(final EdgeUri uri)
    {
        uri.allowOnly(AeronOptions.PARAMS);
        return new AeronIpcEdgeConfig(AeronOptions.from(uri, DriverMode.EXTERNAL), EdgeOptions.from(uri));
    }

    @Override
    public String toUri()
    {
        final UriText uri = new UriText(SCHEME + ":" + PATH);
        aeron.appendTo(uri);
        return uri.options(options).toString();
    }
}
