package io.aeromesh.ring;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import java.util.regex.Pattern;

/**
 * What the URIs of ring transports have in common: {@code scheme:LINK?key=value|data-length=..|control-length=..}.
 * An instance builds the text of one.
 * <p>
 * <b>Threading:</b> the static methods are pure; an instance belongs to one thread.
 */
public final class LinkUri
{
    /** URI parameter for the length of each data ring, in bytes. */
    public static final String DATA_LENGTH_PARAM = "data-length";
    /** URI parameter for the length of each control ring, in bytes. */
    public static final String CONTROL_LENGTH_PARAM = "control-length";

    private static final Pattern LINK = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String LINK_ALLOWED = "1 to 64 characters of A-Z a-z 0-9 . _ -";
    private static final String CAPACITY_ALLOWED =
        "a power of two from " + RingDescriptor.CAPACITY_MIN + " to " + RingDescriptor.CAPACITY_MAX;

    private final StringBuilder text = new StringBuilder();
    private char separator = '?';

    /**
     * Starts a URI.
     *
     * @param scheme  of the transport.
     * @param link    name.
     * @param options of which those are added that are not the default.
     */
    public LinkUri(final String scheme, final String link, final EdgeOptions options)
    {
        text.append(scheme).append(':').append(link);
        param(EdgeOptions.NAME_PARAM, options.name(), "");
        param(EdgeOptions.PEER_PARAM, options.peer(), "");
        param(EdgeOptions.COST_PARAM, options.cost(), 0);
    }

    /**
     * Adds a parameter that differs from its default.
     *
     * @throws MeshException when the value holds the separator and so has no place in a URI.
     */
    public LinkUri param(final String key, final Object value, final Object defaultValue)
    {
        if (!value.equals(defaultValue))
        {
            if (value.toString().indexOf('|') >= 0)
            {
                throw new MeshException(ErrorCode.BAD_EDGE_CONFIG,
                    key + " is '" + value + "', allowed in a URI is anything without |");
            }
            text.append(separator).append(key).append('=').append(value);
            separator = '|';
        }
        return this;
    }

    /**
     * The URI.
     */
    @Override
    public String toString()
    {
        return text.toString();
    }

    /**
     * The link of a URI.
     */
    public static String link(final EdgeUri uri)
    {
        if (!LINK.matcher(uri.path()).matches())
        {
            throw uri.bad("link", uri.path(), LINK_ALLOWED);
        }
        return uri.path();
    }

    /**
     * A parameter that is the length of a ring.
     */
    public static int length(final EdgeUri uri, final String key, final int defaultValue)
    {
        return uri.intParam(key, defaultValue, RingDescriptor::isCapacity, CAPACITY_ALLOWED);
    }

    /**
     * Checks the link of a record.
     */
    public static void checkLink(final String link)
    {
        if (!LINK.matcher(link).matches())
        {
            throw new MeshException(
                ErrorCode.BAD_EDGE_CONFIG, "link is '" + link + "', allowed is " + LINK_ALLOWED);
        }
    }

    /**
     * Checks a ring's length of a record.
     */
    public static void checkLength(final String name, final int length)
    {
        if (!RingDescriptor.isCapacity(length))
        {
            throw new MeshException(
                ErrorCode.BAD_EDGE_CONFIG, name + " is " + length + ", allowed is " + CAPACITY_ALLOWED);
        }
    }
}
