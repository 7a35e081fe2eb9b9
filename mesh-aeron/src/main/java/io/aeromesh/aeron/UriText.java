package io.aeromesh.aeron;

import io.aeromesh.spi.EdgeOptions;

/**
 * Writes an edge URI that parses back to an equal record. Owned by the caller, not thread safe.
 */
final class UriText
{
    private final StringBuilder text;
    private char separator = '?';

    UriText(final String schemeAndPath)
    {
        text = new StringBuilder(schemeAndPath);
    }

    UriText param(final String key, final String value)
    {
        text.append(separator).append(key).append('=').append(value);
        separator = '|';
        return this;
    }

    UriText paramUnlessEmpty(final String key, final String value)
    {
        return value.isEmpty() ? this : param(key, value);
    }

    UriText options(final EdgeOptions options)
    {
        paramUnlessEmpty(EdgeOptions.NAME_PARAM, options.name());
        paramUnlessEmpty(EdgeOptions.PEER_PARAM, options.peer());
        return options.cost() == 0 ? this : param(EdgeOptions.COST_PARAM, Integer.toString(options.cost()));
    }

    @Override
    public String toString()
    {
        return text.toString();
    }
}
