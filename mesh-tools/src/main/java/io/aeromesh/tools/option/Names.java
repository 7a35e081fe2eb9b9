package io.aeromesh.tools.option;

import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Users;
import io.aeromesh.protocol.NodeIds;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Names on the command line. One that can not be is refused before anything has begun, and with the option that has it:
 * an empty one is what a variable leaves that is not set.
 */
public final class Names
{
    private Names()
    {
    }

    private abstract static class Name implements ITypeConverter<String>
    {
        /**
         * @throws MeshException saying what is wrong with it.
         */
        abstract void check(String value);

        @Override
        public final String convert(final String value)
        {
            try
            {
                check(value);
                return value;
            }
            catch (final MeshException ex)
            {
                throw new TypeConversionException(ex.finding());
            }
        }
    }

    /** Of a mesh. */
    public static final class Mesh extends Name
    {
        @Override
        void check(final String value)
        {
            NodeIds.validate(value);
        }
    }

    /** Of any node, or of a context of one. */
    public static final class Node extends Name
    {
        @Override
        void check(final String value)
        {
            NodeIds.validateNode(value);
        }
    }

    /** Of this very node, or of a channel: what others write before or behind a slash, so that it has none. */
    public static final class Plain extends Name
    {
        @Override
        void check(final String value)
        {
            NodeIds.validate(value);
            if (NodeIds.isContext(value))
            {
                throw new TypeConversionException("'" + value + "' has a '" + NodeIds.CONTEXT_SEPARATOR +
                    "', need a name without");
            }
        }
    }

    /** Of a user, or its uid: whether there is one is not asked. */
    public static final class User extends Name
    {
        @Override
        void check(final String value)
        {
            Users.validate(value);
        }
    }

    /**
     * Requires a user that this machine has, other than who runs this process. Not a converter: what a document shows
     * is understood on any machine.
     *
     * @throws ParameterException that names the option.
     */
    public static void requireOtherUser(final CommandSpec spec, final String option, final String user)
    {
        try
        {
            if (Users.find(user).equals(Users.find(MeshOs.system().userName())))
            {
                throw new ParameterException(spec.commandLine(),
                    option + ": user='" + user + "' runs this process itself, need another one");
            }
        }
        catch (final MeshException ex)
        {
            throw new ParameterException(spec.commandLine(), option + ": " + ex.finding(), ex);
        }
    }
}
