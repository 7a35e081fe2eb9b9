package io.aeromesh.os;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.regex.Pattern;

/**
 * Users of this machine, as the kernel names the owners of files and the peers of sockets: equal where the uid is.
 * <p>
 * <b>Threading:</b> any thread; stateless.
 */
public final class Users
{
    private static final Path SELF = Path.of("/proc/self");
    /** What can stand in a list, in a URI and in the name of a context. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.@$\\\\-]{0,63}");

    private Users()
    {
    }

    /**
     * Who runs this process. A name may be missing in a container, an owner never is.
     *
     * @throws IOException when that can not be told.
     */
    public static UserPrincipal self() throws IOException
    {
        return Files.getOwner(SELF);
    }

    /**
     * Checks the form of a user's name or uid; whether there is one is not asked.
     *
     * @throws MeshException BAD_CONFIG.
     */
    public static void validate(final String user)
    {
        if (!NAME.matcher(user).matches())
        {
            throw new MeshException(ErrorCode.BAD_CONFIG,
                "user='" + user + "', need the name or the uid of a user of this machine");
        }
    }

    /**
     * The user of that name, or with that uid, which needs no name.
     *
     * @throws MeshException BAD_CONFIG when there is none.
     */
    public static UserPrincipal find(final String user)
    {
        validate(user);
        try
        {
            return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
        }
        catch (final UserPrincipalNotFoundException ex)
        {
            throw new MeshException(
                ErrorCode.BAD_CONFIG, "user='" + user + "': this machine knows no user of that name or uid", ex);
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "user='" + user + "' can not be looked up: " + Reason.of(ex),
                ex);
        }
    }
}
