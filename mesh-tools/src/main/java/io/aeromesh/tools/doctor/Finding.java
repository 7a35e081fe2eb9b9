package io.aeromesh.tools.doctor;

/**
 * What one check found.
 *
 * @param check  name, unique.
 * @param level  of the finding.
 * @param found  with values.
 * @param remedy what to do, or empty.
 */
public record Finding(String check, Level level, String found, String remedy)
{
    /**
     * How bad it is.
     */
    public enum Level
    {
        /** As it should be, or of no consequence. */
        OK,
        /** The mesh works, and something will be slower, or fail later. */
        WARN,
        /** The mesh can not work like this. */
        FAIL
    }

    static Finding ok(final String check, final String found)
    {
        return new Finding(check, Level.OK, found, "");
    }

    static Finding warn(final String check, final String found, final String remedy)
    {
        return new Finding(check, Level.WARN, found, remedy);
    }

    static Finding fail(final String check, final String found, final String remedy)
    {
        return new Finding(check, Level.FAIL, found, remedy);
    }
}
