package io.aeromesh.tools.option;

/**
 * How often, or how many: 1 or more.
 */
public final class CountConverter extends RangeConverter
{
    public CountConverter()
    {
        super(1, Integer.MAX_VALUE, "number from 1 to " + Integer.MAX_VALUE);
    }
}
