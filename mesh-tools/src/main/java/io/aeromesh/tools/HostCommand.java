package io.aeromesh.tools;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.tools.option.Bounds;
import io.aeromesh.tools.option.Names;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the node of this machine in the foreground; other processes attach to it.
 */
@Command(
    name = "host",
    description = {"Runs this machine's node until Ctrl-C. Other processes attach to it, as contexts: they have its " +
        "edges and routes, and others see one node however many they are.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "1:the node could not be launched: one line on standard error says why",
        "2:the command line was not understood",
        "130:ended by Ctrl-C"},
    footer = {"", "Example, in three terminals:",
        "  mesh host --name alpha \\",
        "    --edge 'aeron:udp?endpoint=192.168.1.2:40100|remote=192.168.1.3:40100'",
        "  mesh host --name alpha --standby \\",
        "    --edge 'aeron:udp?endpoint=192.168.1.2:40100|remote=192.168.1.3:40100'",
        "  mesh ping beta",
        "", "Example, of a mesh that is joined by one address, and joined again after a restart without it:",
        "  mesh host --name beta --peers /var/lib/mesh \\",
        "    --edge 'aeron:udp?join=192.168.1.2:40300|listen=192.168.1.3:40300'"})
final class HostCommand implements Callable<Integer>
{
    /** How often a standby tries to take the place that has become free. */
    private static final int ATTEMPTS_MAX = 100;
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions options;

    @Option(names = "--contexts", paramLabel = "N", converter = Bounds.Contexts.class,
        description = "Processes that may be attached at once. Default: ${DEFAULT-VALUE}.")
    private int contextsMax = NodeConfig.CONTEXTS_DEFAULT;

    @Option(names = "--grant", paramLabel = "USER", split = ",",
        description = "Other users of this machine, by name or uid, whose processes may attach too, with " +
            "--host-user; as many as of this user. May be given several times.")
    private String[] grants = {};

    @Option(names = "--standby",
        description = "Where a host runs already: wait until it has ended, and take its place at once.")
    private boolean isStandby;

    @Override
    public Integer call() throws Exception
    {
        if (grants.length == 0 && spec.commandLine().getParseResult().hasMatchedOption("--grant"))
        {
            throw new ParameterException(spec.commandLine(), "--grant names nobody, need USER[,USER...]");
        }
        for (final String user : grants)
        {
            Names.requireOtherUser(spec, "--grant", user); // before there are files that others look at
        }
        final NodeConfig config = options.config().hosting(contextsMax).granting(grants);
        final PrintWriter out = spec.commandLine().getOut();
        if (isStandby)
        {
            warmUp(config);
        }
        for (int attempt = 1;; attempt++)
        {
            if (isStandby && awaitTurn(config, out))
            {
                attempt = 1;
            }
            try (Foreground foreground = new Foreground(out))
            {
                final MeshNode node = launch(foreground, config, attempt);
                if (node != null)
                {
                    foreground.run(node, "host");
                    return 0;
                }
            }
            LockSupport.parkNanos(RETRY_NS);
        }
    }

    /**
     * @return null when a standby is to try again: another one was quicker, or the dead host's name is not free yet, as
     *         its lock is another one.
     */
    private MeshNode launch(final Foreground foreground, final NodeConfig config, final int attempt)
    {
        try
        {
            return foreground.launch(config);
        }
        catch (final MeshException ex)
        {
            final boolean isSoon = ex.code() == ErrorCode.HOST_EXISTS || ex.code() == ErrorCode.NAME_TAKEN;
            if (isStandby && isSoon && attempt < ATTEMPTS_MAX)
            {
                return null;
            }
            throw isStandby ? ex : withStandby(ex, config);
        }
    }

    /**
     * Who starts the same host a second time may want one that takes its place.
     */
    private static MeshException withStandby(final MeshException ex, final NodeConfig config)
    {
        return ex.code() == ErrorCode.NAME_TAKEN && config.name().equals(findHost(config)) ?
            new MeshException(ex.code(), ex.finding() + ": it is the host of '" + config.baseDirectory() +
                "', and with --standby this one waits for its end and takes its place", ex) :
            ex;
    }

    private static String findHost(final NodeConfig config)
    {
        return config.os().findHost(config.baseDirectory(), config.mesh().meshName());
    }

    private void warmUp(final NodeConfig config)
    {
        try
        {
            WarmUp.run(config);
        }
        catch (final MeshException | IOException ex)
        {
            spec.commandLine().getErr()
                .println("mesh host: not warmed up, so it will take over less quickly: " + Reason.of(ex));
        }
    }

    /**
     * Waits as long as another host runs. Ctrl-C ends it at once, so nothing that has to be closed is open.
     *
     * @return whether there was one.
     */
    private static boolean awaitTurn(final NodeConfig config, final PrintWriter out) throws InterruptedException
    {
        final String host = findHost(config);
        if (host == null)
        {
            return false;
        }
        if (!host.equals(config.name()))
        {
            throw new MeshException(ErrorCode.HOST_EXISTS, "'" + host + "' is the host of '" + config.baseDirectory() +
                "', and a standby takes over under the same name, which is not '" + config.name() + "'");
        }
        out.println("a host runs; waiting for its end");
        out.flush();
        config.os().awaitNoHost(config.baseDirectory(), config.mesh().meshName());
        return true;
    }
}
