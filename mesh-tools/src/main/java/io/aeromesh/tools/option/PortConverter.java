package io.aeromesh.tools.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A port to listen on; 0: any that is free.
 */
public final class PortConverter implements ITypeConverter<Integer>
{
    private static final int PORT_MAX = 65_535;

    @Override
    public Integer convert(final String value)
    {
        try
        {
            final int port = Integer.parseInt(value);
            if (port >= 0 && port <= PORT_MAX)
            {
                return port;
            }
        }
        catch (final NumberFormatException ignore)
        {
            // said below, as for a number out of range
        }
        throw new TypeConversionException("'" + value + "' is no port from 0 to " + PORT_MAX + ", 0: any that is free");
    }
}
