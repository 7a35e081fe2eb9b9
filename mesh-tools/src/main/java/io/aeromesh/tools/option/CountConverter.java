package io.aeromesh.tools.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How often, or how many: 1 or more.
 */
public final class CountConverter implements ITypeConverter<Integer>
{
    @Override
    public Integer convert(final String value)
    {
        try
        {
            final int count = Integer.parseInt(value);
            if (count >= 1)
            {
                return count;
            }
        }
        catch (final NumberFormatException ignore)
        {
            // said below, as for a number out of range
        }
        throw new TypeConversionException("'" + value + "' is no number from 1 to " + Integer.MAX_VALUE);
    }
}
