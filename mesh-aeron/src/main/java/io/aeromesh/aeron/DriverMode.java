package io.aeromesh.aeron;

import io.aeromesh.spi.EdgeUri;

/**
 * Where the media driver of an edge runs. Immutable.
 */
public enum DriverMode
{
    /** In this node, made when its first edge is attached and closed with the node. */
    EMBEDDED("embedded"),
    /** In another process, or in another node of this host. */
    EXTERNAL("external");

    private final String text;

    DriverMode(final String text)
    {
        this.text = text;
    }

    /**
     * As in a URI.
     */
    public String text()
    {
        return text;
    }

    static DriverMode of(final EdgeUri uri, final String key, final DriverMode defaultMode)
    {
        final String value = uri.param(key, defaultMode.text);
        for (final DriverMode mode : values())
        {
            if (mode.text.equals(value))
            {
                return mode;
            }
        }
        throw uri.bad(key, value, "embedded or external");
    }
}
