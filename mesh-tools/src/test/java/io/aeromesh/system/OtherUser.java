package io.aeromesh.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Another user of this machine, with a home of its own: what runs as that user has its uid, its gid and no groups.
 * Needs root.
 */
final class OtherUser
{
    static final String UID = "65534";

    private static final List<String> AS_USER =
        List.of("setpriv", "--reuid=" + UID, "--regid=" + UID, "--clear-groups");

    private final Path home;
    private final List<String> classPath = new ArrayList<>();

    private OtherUser(final Path home)
    {
        this.home = home;
    }

    /**
     * @param parent  for its home, which it may go through from now on.
     * @param classes for a copy of the class path, likewise; made by the first who uses it.
     */
    static OtherUser in(final Path parent, final Path classes) throws IOException, InterruptedException
    {
        assumeTrue("root".equals(Files.getOwner(Path.of("/proc/self")).getName()), "only root starts another user");
        assumeTrue(canSwitch(), "setpriv can not switch users here");
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
        final OtherUser user = new OtherUser(Files.createDirectory(parent.resolve("other")));
        Files.setAttribute(user.home, "unix:uid", Integer.valueOf(UID));
        Files.setPosixFilePermissions(classes, PosixFilePermissions.fromString("rwx--x--x"));
        user.copyClassPath(classes);
        return user;
    }

    private static boolean canSwitch() throws IOException, InterruptedException
    {
        final List<String> command = new ArrayList<>(AS_USER);
        command.add("true");
        try
        {
            return new ProcessBuilder(command).start().waitFor() == 0;
        }
        catch (final IOException absent)
        {
            return false;
        }
    }

    /**
     * The name that this machine has for it.
     */
    String name() throws IOException
    {
        return Files.getOwner(home).getName();
    }

    /**
     * Where its processes meet.
     */
    Path base()
    {
        return home.resolve("b");
    }

    /**
     * As that user: the command of a JVM, whose class path is a copy, as it may not read this one's.
     */
    ProcessBuilder as(final ProcessBuilder java)
    {
        final List<String> command = new ArrayList<>(AS_USER);
        command.addAll(java.command());
        command.set(command.indexOf("-cp") + 1, String.join(File.pathSeparator, classPath));
        command.addAll(command.indexOf("-cp"),
            List.of("-Djava.io.tmpdir=" + home, "-Daeromesh.dir=" + base()));
        return new ProcessBuilder(command);
    }

    private void copyClassPath(final Path to)
    {
        int count = 0;
        for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator))
        {
            final Path from = Path.of(entry);
            if (Files.exists(from))
            {
                final Path copy = to.resolve(count++ + "-" + from.getFileName());
                if (!Files.exists(copy))
                {
                    copy(from, copy);
                }
                classPath.add(copy.toString());
            }
        }
    }

    private static void copy(final Path from, final Path to)
    {
        try
        {
            Files.walkFileTree(from, new SimpleFileVisitor<>()
            {
                @Override
                public FileVisitResult preVisitDirectory(final Path directory, final BasicFileAttributes attributes)
                    throws IOException
                {
                    Files.createDirectories(target(directory));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
                    throws IOException
                {
                    Files.copy(file, target(file), StandardCopyOption.REPLACE_EXISTING);
                    return FileVisitResult.CONTINUE;
                }

                private Path target(final Path path)
                {
                    return to.resolve(from.relativize(path).toString());
                }
            });
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
