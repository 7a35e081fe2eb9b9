package io.aeromesh.shm;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.os.Users;
import java.io.IOException;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/**
 * The users whose processes may be at the other end of a link: this process's own, or others in its place.
 * <p>
 * <b>Threading:</b> any thread; immutable.
 *
 * @param users     that are admitted, as the kernel names them.
 * @param areOthers whether they are other users than this process's, with whom no file is shared.
 */
record PeerUsers(List<UserPrincipal> users, boolean areOthers)
{
    /**
     * Looks the users up.
     *
     * @param names of them; none: this process's own.
     * @throws MeshException BAD_CONFIG for one that this machine does not have, or that runs this process itself.
     */
    static PeerUsers of(final List<String> names)
    {
        final UserPrincipal self;
        try
        {
            self = Users.self();
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "can not tell which user runs this process: " + Reason.of(ex),
                ex);
        }
        if (names.isEmpty())
        {
            return new PeerUsers(List.of(self), false);
        }
        final List<UserPrincipal> users = names.stream().map(Users::find).toList();
        if (users.contains(self))
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "users=" + names + " has '" + self.getName() +
                "', who runs this process itself: name other users alone");
        }
        return new PeerUsers(users, true);
    }

    boolean admits(final UserPrincipal user)
    {
        return users.contains(user);
    }

    @Override
    public String toString()
    {
        return users.stream().map(UserPrincipal::getName).toList().toString();
    }
}
