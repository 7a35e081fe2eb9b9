package io.aeromesh.tools.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number on the command line that has bounds. What is none, or is out of them, is refused in one way whatever the
 * option: with the value and the bounds, before anything has begun.
 *
 * @param <T> of the number.
 */
public abstract class Bounded<T extends Comparable<T>> implements ITypeConverter<T>
{
    private final T min;
    private final T max;
    private final String needed;

    /**
     * @param min    least.
     * @param max    most.
     * @param needed what it has to be, with its bounds, for people.
     */
    Bounded(final T min, final T max, final String needed)
    {
        this.min = min;
        this.max = max;
        this.needed = needed;
    }

    /**
     * Whatever the bounds.
     *
     * @throws NumberFormatException when it is no number.
     */
    abstract T parse(String value);

    /**
     * Whether a number within the bounds may be.
     */
    boolean isAllowed(final T value)
    {
        return true;
    }

    @Override
    public final T convert(final String value)
    {
        try
        {
            final T number = parse(value);
            if (number.compareTo(min) >= 0 && number.compareTo(max) <= 0 && isAllowed(number))
            {
                return number;
            }
        }
        catch (final NumberFormatException ignore)
        {
            // said below, as for a number out of bounds
        }
        throw new TypeConversionException("'" + value + "' is no " + needed);
    }
}
