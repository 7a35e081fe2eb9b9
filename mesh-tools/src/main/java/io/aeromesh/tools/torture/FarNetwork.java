package io.aeromesh.tools.torture;

import io.aeromesh.tools.process.ProcessFailure;
import java.io.IOException;
import java.util.List;

/**
 * A network namespace beside this process's own, joined to it by one link that loses packets or is down when told to.
 * Ends with this process's own namespaces.
 * <p>
 * <b>Threading:</b> main thread. <b>Owns:</b> a process that does nothing but keep the namespace.
 */
final class FarNetwork implements AutoCloseable
{
    static final String NEAR_ADDRESS = "10.77.0.1";
    static final String FAR_ADDRESS = "10.77.0.2";
    private static final String NEAR_LINK = "near0";
    private static final String FAR_LINK = "far0";
    private static final String CHAIN = "inet torture in";

    private final Process holder;

    private FarNetwork(final Process holder)
    {
        this.holder = holder;
    }

    /**
     * Makes it, with its link up.
     *
     * @throws ProcessFailure when this machine does not allow it.
     */
    static FarNetwork create()
    {
        try
        {
            final Process holder = new ProcessBuilder("unshare", "--net", "sleep", "infinity").start();
            final FarNetwork network = new FarNetwork(holder);
            network.awaitNamespace();
            final String pid = Long.toString(holder.pid());
            Shell.run("ip", "link", "add", NEAR_LINK, "type", "veth", "peer", "name", FAR_LINK, "netns", pid);
            Shell.run("ip", "addr", "add", NEAR_ADDRESS + "/30", "dev", NEAR_LINK);
            Shell.run("ip", "link", "set", NEAR_LINK, "up");
            network.runFar("ip", "addr", "add", FAR_ADDRESS + "/30", "dev", FAR_LINK);
            network.runFar("ip", "link", "set", FAR_LINK, "up");
            network.runFar("ip", "link", "set", "lo", "up");
            return network;
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("no network namespace: " + ex.getMessage(), ex);
        }
    }

    /**
     * How a process is started in there.
     */
    List<String> prefix()
    {
        return List.of("nsenter", "--target", Long.toString(holder.pid()), "--net");
    }

    /**
     * Prepares to lose packets.
     *
     * @return why it can not; empty: it can.
     */
    String prepareLoss()
    {
        final String failure = Shell.failureOf("nft", "add table inet torture");
        if (!failure.isEmpty())
        {
            return failure;
        }
        final String chain = "add chain " + CHAIN + " { type filter hook input priority 0; }";
        Shell.run("nft", chain);
        runFar("nft", "add table inet torture");
        runFar("nft", chain);
        final String rule = Shell.failureOf("nft", rule(NEAR_LINK, 1));
        endLoss();
        return rule;
    }

    /**
     * From now on so many of a hundred packets are lost, each way.
     */
    void lose(final int percent)
    {
        Shell.run("nft", rule(NEAR_LINK, percent));
        runFar("nft", rule(FAR_LINK, percent));
    }

    void endLoss()
    {
        Shell.run("nft", "flush chain " + CHAIN);
        runFar("nft", "flush chain " + CHAIN);
    }

    void cut()
    {
        Shell.run("ip", "link", "set", NEAR_LINK, "down");
    }

    void mend()
    {
        Shell.run("ip", "link", "set", NEAR_LINK, "up");
    }

    @Override
    public void close()
    {
        holder.destroyForcibly();
    }

    /**
     * The process is another's until it has its own namespace.
     */
    private void awaitNamespace()
    {
        final String self = "$(readlink /proc/self/ns/net)";
        Shell.run("sh", "-c", "for i in $(seq 500); do " +
            "[ \"$(readlink /proc/" + holder.pid() + "/ns/net)\" != \"" + self + "\" ] && exit 0; sleep 0.01; done; " +
            "exit 1");
    }

    private void runFar(final String... command)
    {
        final String[] whole = new String[command.length + prefix().size()];
        System.arraycopy(prefix().toArray(), 0, whole, 0, prefix().size());
        System.arraycopy(command, 0, whole, prefix().size(), command.length);
        Shell.run(whole);
    }

    private static String rule(final String link, final int percent)
    {
        return "add rule " + CHAIN + " iifname " + link + " numgen random mod 100 < " + percent + " drop";
    }
}
