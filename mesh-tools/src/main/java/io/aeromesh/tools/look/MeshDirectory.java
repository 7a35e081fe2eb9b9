package io.aeromesh.tools.look;

import io.aeromesh.NodeConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether nodes can be seen in a directory, asked before a command looks: one that is mistyped has none in it either.
 */
public final class MeshDirectory
{
    private static final String NAMES = "names";

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
        if (!Files.exists(directory.resolve(NAMES)) && !isEmpty(directory))
        {
            throw unusable(directory, "is no directory where nodes meet: it holds other things, and no '" + NAMES +
                "'; name the one that the nodes have as --dir");
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
