package io.aeromesh.spi;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * An edge URI taken apart: {@code scheme:path?key=value|key=value}. Parameters are separated by {@code |} as in
 * Aeron channel URIs; values may hold anything but {@code |}.
 *
 * @param text   the whole URI.
 * @param scheme before the first colon.
 * @param path   between the first colon and the question mark; may be empty.
 * @param params in their order.
 */
public record EdgeUri(String text, String scheme, String path, Map<String, String> params)
{
    /**
     * Takes a URI apart.
     *
     * @throws MeshException naming the bad part.
     */
    public static EdgeUri parse(final String text)
    {
        final int colon = text.indexOf(':');
        if (colon <= 0)
        {
            throw bad(text, "scheme", text, "scheme:path?key=value|key=value, such as shm:link?peer=gateway");
        }

        final int question = text.indexOf('?', colon);
        final String path = question < 0 ? text.substring(colon + 1) : text.substring(colon + 1, question);
        final Map<String, String> params = new LinkedHashMap<>();
        if (question >= 0)
        {
            for (final String param : text.substring(question + 1).split("\\|", -1))
            {
                final int equals = param.indexOf('=');
                if (equals <= 0)
                {
                    throw bad(text, "parameter", param, "key=value, separated by |");
                }
                if (params.put(param.substring(0, equals), param.substring(equals + 1)) != null)
                {
                    throw bad(text, "parameter", param, "each key once");
                }
            }
        }

        return new EdgeUri(text, text.substring(0, colon), path, Collections.unmodifiableMap(params));
    }

    /**
     * A parameter's value, or the default when it is absent.
     */
    public String param(final String key, final String defaultValue)
    {
        return params.getOrDefault(key, defaultValue);
    }

    /**
     * An integer parameter within bounds, or the default when it is absent.
     */
    public int intParam(final String key, final int defaultValue, final int min, final int max)
    {
        return intParam(
            key, defaultValue, number -> number >= min && number <= max, "an integer from " + min + " to " + max);
    }

    /**
     * An integer parameter that is allowed, or the default when it is absent.
     *
     * @param allowed in words, for the error.
     */
    public int intParam(
        final String key, final int defaultValue, final IntPredicate isAllowed, final String allowed)
    {
        final String value = params.get(key);
        if (value == null)
        {
            return defaultValue;
        }

        try
        {
            final int number = Integer.parseInt(value);
            if (isAllowed.test(number))
            {
                return number;
            }
        }
        catch (final NumberFormatException ignore)
        {
            // reported below, with what is allowed
        }
        throw bad(key, value, allowed);
    }

    /**
     * Refuses parameters other than the allowed ones and those of {@link EdgeOptions}.
     */
    public void allowOnly(final Set<String> allowed)
    {
        final Set<String> all = new TreeSet<>(allowed);
        all.addAll(Set.of(EdgeOptions.NAME_PARAM, EdgeOptions.PEER_PARAM, EdgeOptions.COST_PARAM));
        for (final String key : params.keySet())
        {
            if (!all.contains(key))
            {
                throw bad("parameter", key, "one of " + all);
            }
        }
    }

    /**
     * The error for a bad part of this URI.
     */
    public MeshException bad(final String part, final String found, final String allowed)
    {
        return bad(text, part, found, allowed);
    }

    private static MeshException bad(final String text, final String part, final String found, final String allowed)
    {
        return new MeshException(ErrorCode.BAD_EDGE_CONFIG,
            "bad edge URI '" + text + "': " + part + " is '" + found + "', allowed is " + allowed);
    }
}
