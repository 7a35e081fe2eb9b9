package io.aeromesh.spi;

/**
 * Configuration of one edge: an immutable record of its transport.
 */
public interface EdgeConfig
{
    /**
     * Scheme of the {@link TransportProvider} that understands it.
     */
    String scheme();

    /**
     * What all edges have, whatever their transport.
     */
    EdgeOptions options();

    /**
     * Name of the edge, unique in its node: the configured one, or else the URI.
     */
    default String name()
    {
        return options().name().isEmpty() ? toUri() : options().name();
    }

    /**
     * The same configuration as a URI, which parses back to an equal record.
     */
    String toUri();
}
