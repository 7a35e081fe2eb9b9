package io.aeromesh.tools.option;

/**
 * A port to listen on; 0: any that is free.
 */
public final class PortConverter extends RangeConverter
{
    private static final int PORT_MAX = 65_535;

    public PortConverter()
    {
        super(0, PORT_MAX, "port from 0 to " + PORT_MAX + ", 0: any that is free");
    }
}
