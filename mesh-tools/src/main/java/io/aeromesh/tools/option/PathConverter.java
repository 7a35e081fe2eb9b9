package io.aeromesh.tools.option;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file or a directory. An empty text is none: Java takes it for the current directory, and it is what a variable that
 * is not set leaves.
 */
public final class PathConverter implements ITypeConverter<Path>
{
    @Override
    public Path convert(final String value)
    {
        if (value.isEmpty())
        {
            throw new TypeConversionException("the path is empty; . is the current directory");
        }
        return Path.of(value);
    }
}
