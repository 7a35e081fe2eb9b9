package io.aeromesh.os;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks that the JVM was started with the flags that libraries below need, before they fail in their own words.
 */
public final class JvmFlags
{
    private JvmFlags()
    {
    }

    /**
     * Checks that packages of {@code java.base} are open to the class path.
     *
     * @param user         who needs them, for people.
     * @param packageNames such as {@code sun.nio.ch}.
     * @throws MeshException JVM_FLAGS_MISSING naming each flag that is missing.
     */
    public static void requireOpen(final String user, final List<String> packageNames)
    {
        final Module base = Object.class.getModule();
        final String missing = packageNames.stream()
            .filter(name -> !base.isOpen(name, JvmFlags.class.getModule()))
            .map(name -> "--add-opens java.base/" + name + "=ALL-UNNAMED")
            .collect(Collectors.joining(" "));
        if (!missing.isEmpty())
        {
            throw new MeshException(ErrorCode.JVM_FLAGS_MISSING, user + " needs the JVM flags " + missing);
        }
    }
}
