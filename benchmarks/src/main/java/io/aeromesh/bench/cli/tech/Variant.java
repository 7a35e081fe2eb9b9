package io.aeromesh.bench.cli.tech;

import java.util.Map;
import java.util.TreeMap;

/**
 * A configuration of a technology, written {@code key=value key=value}.
 */
final class Variant
{
    private final Map<String, String> values = new TreeMap<>();

    Variant(final String text)
    {
        for (final String part : text.trim().split(" +"))
        {
            final int at = part.indexOf('=');
            if (at > 0)
            {
                values.put(part.substring(0, at), part.substring(at + 1));
            }
        }
    }

    String get(final String key, final String otherwise)
    {
        return values.getOrDefault(key, otherwise);
    }

    int get(final String key, final int otherwise)
    {
        final String value = values.get(key);
        return value == null ? otherwise : (int)Sizes.parse(value);
    }
}
