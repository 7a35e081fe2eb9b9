package io.aeromesh.tools.doctor;

import io.aeromesh.tools.JvmFlags;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM that runs this, and its flags.
 */
final class JavaChecks
{
    private static final String OPEN_FLAG = "--add-opens";
    private static final String BOUNDS_CHECKS = "agrona.disable.bounds.checks";

    private JavaChecks()
    {
    }

    static List<Finding> examine()
    {
        return List.of(version(), flags(), boundsChecks());
    }

    /** An older one would not have come so far. */
    private static Finding version()
    {
        return Finding.ok("java", Runtime.version() + ", " + System.getProperty("java.vm.name") + ", " +
            System.getProperty("java.home"));
    }

    /**
     * Whether packages are open, by flags or by a jar's manifest, is asked of the JVM; other flags can only be seen.
     */
    private static Finding flags()
    {
        final List<String> closed = closedPackages();
        if (!closed.isEmpty())
        {
            return Finding.fail("jvm flags", "missing: " + String.join(" ", closed),
                "start the JVM with them, by ./mesh, or with java -jar, whose manifest opens them");
        }
        final List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments();
        final List<String> missing = new ArrayList<>();
        for (final String flag : JvmFlags.forThisJava())
        {
            if (flag.startsWith("--") && !flag.equals(OPEN_FLAG) && !given.contains(flag))
            {
                missing.add(flag);
            }
        }
        return missing.isEmpty() ? Finding.ok("jvm flags", "all that this version needs") :
            Finding.warn("jvm flags", "missing: " + String.join(" ", missing),
                "give them to this version of Java, which warns without them and in time will refuse");
    }

    /**
     * The flags whose package is not open to the class path.
     */
    static List<String> closedPackages()
    {
        final Module base = Object.class.getModule();
        final Module user = JavaChecks.class.getModule();
        final List<String> closed = new ArrayList<>();
        for (final String flag : JvmFlags.forThisJava())
        {
            final int slash = flag.indexOf('/');
            if (slash > 0 && !base.isOpen(flag.substring(slash + 1, flag.indexOf('=')), user))
            {
                closed.add(OPEN_FLAG + " " + flag);
            }
        }
        return closed;
    }

    private static Finding boundsChecks()
    {
        return Boolean.getBoolean(BOUNDS_CHECKS) ? Finding.ok("bounds checks", "off") :
            new Finding("bounds checks", Finding.Level.OK, "on, small messages cost twice as much",
                "in production -D" + BOUNDS_CHECKS + "=true; bytes of other processes stay checked");
    }
}
