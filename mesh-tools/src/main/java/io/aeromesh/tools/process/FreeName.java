package io.aeromesh.tools.process;

import io.aeromesh.MeshNode;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.util.function.Function;

/**
 * Names for those who do not care for one: the first that is free, so that few are used, as each leaves a file for
 * ever.
 */
public final class FreeName
{
    private static final int NAMES_MAX = 256;

    private FreeName()
    {
    }

    /**
     * Joins under the first name that nobody has.
     *
     * @param stem of the names.
     * @param join under a name.
     * @throws MeshException NAME_TAKEN when all are taken, or why it can not join.
     */
    public static MeshNode of(final String stem, final Function<String, MeshNode> join)
    {
        for (int i = 1;; i++)
        {
            try
            {
                return join.apply(stem + '-' + i);
            }
            catch (final MeshException ex)
            {
                if (ex.code() != ErrorCode.NAME_TAKEN || i == NAMES_MAX)
                {
                    throw ex;
                }
            }
        }
    }
}
