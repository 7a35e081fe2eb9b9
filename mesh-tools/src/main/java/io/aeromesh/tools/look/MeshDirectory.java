package io.aeromesh.tools.look;

import io.aeromesh.NodeConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.os.Users;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;

/**
 * Whether nodes can be seen in a directory, asked before a command looks: one that is mistyped has none in it either.
 */
public final class MeshDirectory
{
    private static final String NAMES = "names";
    private static final String STATUS = "status";
    private static final String MODE = "rwx------";

    private MeshDirectory()
    {
    }

    /**
     * Requires one where nodes meet or have met, or an empty one. The default may be missing: who looks there has
     * chosen nothing, and the first node makes it.
     *
     * @throws MeshException DIRECTORY_UNUSABLE.
     */
    public static void require(final Path directory)
    {
        if (!Files.exists(directory))
        {
            if (!directory.equals(NodeConfig.defaultBaseDirectory()))
            {
                throw unusable(directory, "does not exist, so no node runs there: start one first, as with mesh host " +
                    "--name NAME --dir '" + directory + "', or leave --dir out for '" +
                    NodeConfig.defaultBaseDirectory() + "'");
            }
            return;
        }
        if (!Files.isDirectory(directory))
        {
            throw unusable(directory, "is no directory");
        }
        requireDirectories(directory);
        if (!Files.exists(directory.resolve(NAMES)) && !isEmpty(directory))
        {
            throw unusable(directory, "is no directory where nodes meet: it holds other things, and no '" + NAMES +
                "'; name the one that the nodes have as --dir");
        }
    }

    /**
     * That it does not have the mode without which no node starts there: what is shown may be by others then.
     *
     * @return empty where it has.
     */
    public static Optional<MeshException> openToOthers(final Path directory)
    {
        try
        {
            final String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
            return mode.equals(MODE) ? Optional.empty() : Optional.of(unusable(directory, "has mode " + mode +
                ", need " + MODE + ": it is open to others, and no node starts there: chmod 700 '" + directory + "'"));
        }
        catch (final IOException | UnsupportedOperationException ignore)
        {
            return Optional.empty(); // who looks there is told why that can not be
        }
    }

    /**
     * That it is another user's, so that no node of this one starts there.
     *
     * @return empty where it is this user's.
     */
    public static Optional<MeshException> ofAnotherUser(final Path directory)
    {
        try
        {
            final UserPrincipal owner = Files.getOwner(directory);
            return owner.equals(Users.self()) ? Optional.empty() : Optional.of(unusable(directory, "is of user '" +
                owner.getName() + "', and this is '" + Users.self().getName() + "', whose nodes do not start there"));
        }
        catch (final IOException | UnsupportedOperationException ignore)
        {
            return Optional.empty();
        }
    }

    private static void requireDirectories(final Path directory)
    {
        for (final String name : List.of(NAMES, STATUS))
        {
            final Path inner = directory.resolve(name);
            if (Files.exists(inner, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS))
            {
                throw unusable(directory, "holds a '" + name + "' that is no directory, so no node starts there: " +
                    "remove it");
            }
        }
    }

    private static boolean isEmpty(final Path directory)
    {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory))
        {
            return !files.iterator().hasNext();
        }
        catch (final IOException ex)
        {
            throw unusable(directory, "can not be read: " + Reason.of(ex));
        }
    }

    private static MeshException unusable(final Path directory, final String why)
    {
        return new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "--dir '" + directory + "' " + why);
    }
}
