package io.aeromesh.tools.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A whole number within bounds.
 */
abstract class RangeConverter implements ITypeConverter<Integer>
{
    private final int min;
    private final int max;
    private final String needed;

    /**
     * @param needed what it has to be, for people.
     */
    RangeConverter(final int min, final int max, final String needed)
    {
        this.min = min;
        this.max = max;
        this.needed = needed;
    }

    @Override
    public final Integer convert(final String value)
    {
        try
        {
            final int number = Integer.parseInt(value);
            if (number >= min && number <= max)
            {
                return number;
            }
        }
        catch (final NumberFormatException ignore)
        {
            // said below, as for a number out of range
        }
        throw new TypeConversionException("'" + value + "' is no " + needed);
    }
}
