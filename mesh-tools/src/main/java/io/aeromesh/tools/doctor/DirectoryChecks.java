package io.aeromesh.tools.doctor;

import io.aeromesh.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory where the processes of this host meet, and what dead ones have left there.
 */
final class DirectoryChecks
{
    private static final String MODE = "rwx------";
    private static final Path SELF = Path.of("/proc/self");
    private static final int NAMED_MAX = 5;

    private DirectoryChecks()
    {
    }

    static List<Finding> examine(final Path base)
    {
        final Finding directory = directory(base);
        final List<Finding> findings = new ArrayList<>(List.of(directory));
        if (directory.level() == Finding.Level.OK)
        {
            findings.add(left("stale files", () -> Leftovers.files(base),
                "the next node that starts there removes them; or rm them now"));
        }
        findings.add(drivers(base));
        return findings;
    }

    private static Finding directory(final Path base)
    {
        final String check = "base directory";
        try
        {
            if (!Files.exists(base, LinkOption.NOFOLLOW_LINKS))
            {
                return Finding.ok(check, base + " is not there yet; the first node makes it");
            }
            final PosixFileAttributes attributes =
                Files.readAttributes(base, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            final String user = Files.getOwner(SELF).getName();
            final String mode = PosixFilePermissions.toString(attributes.permissions());
            final String found = base + ", mode " + mode + ", owner " + attributes.owner().getName();
            final boolean isOwn = attributes.isDirectory() && attributes.owner().equals(Files.getOwner(SELF));
            return isOwn && mode.equals(MODE) ? Finding.ok(check, found) : Finding.fail(check,
                found + (attributes.isDirectory() ? "" : ", no directory"),
                isOwn ? "chmod 700 " + base : "need a directory of " + user + " with mode " + MODE +
                    ": choose another by --dir or -Daeromesh.dir");
        }
        catch (final IOException | UnsupportedOperationException ex)
        {
            return Finding.fail(check, base + " can not be looked at: " + Reason.of(ex), "choose another by --dir");
        }
    }

    private static Finding drivers(final Path base)
    {
        return JavaChecks.closedPackages().isEmpty() ? left("media drivers", () -> Leftovers.drivers(base),
            "rm -r them, unless their programs are to be started there again") :
            Finding.warn("media drivers", "not looked at, as flags of the JVM are missing", "see jvm flags");
    }

    /** Looks for files that nobody has. */
    private interface Search
    {
        List<Path> run() throws IOException;
    }

    private static Finding left(final String check, final Search search, final String remedy)
    {
        try
        {
            final List<Path> left = search.run();
            if (left.isEmpty())
            {
                return Finding.ok(check, "none left behind");
            }
            final List<String> named = left.stream().limit(NAMED_MAX).map(Path::toString).toList();
            return Finding.warn(check, left.size() + " left behind by processes that are gone, " +
                Bytes.text(Leftovers.length(left)) + ": " + String.join(" ", named) +
                (left.size() > NAMED_MAX ? " ..." : ""), remedy);
        }
        catch (final IOException ex)
        {
            return Finding.warn(check, "can not be told: " + Reason.of(ex),
                "see that this user may read the directory");
        }
    }
}
