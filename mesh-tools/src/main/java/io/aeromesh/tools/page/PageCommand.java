package io.aeromesh.tools.page;

import io.aeromesh.MeshConfig;
import io.aeromesh.NodeConfig;
import io.aeromesh.error.MeshException;
import io.aeromesh.tools.look.MeshDirectory;
import io.aeromesh.tools.option.Bounds;
import io.aeromesh.tools.option.Names;
import io.aeromesh.watch.NodeWatch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.agrona.concurrent.ShutdownSignalBarrier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Serves the page.
 */
@Command(
    name = "page",
    description = {"Serves a web page that shows the mesh live, until Ctrl-C: nodes, edges and contexts, rates, " +
        "times, errors, events and crashes. Nodes may come and go meanwhile.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "1:the port could not be had, or the directory not be read: one line on standard error says why",
        "2:the command line was not understood",
        "130:ended by Ctrl-C"},
    footer = {"", "Example:", "  mesh page --port 8480", "then look at http://localhost:8480/ with a browser."})
public final class PageCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", converter = Bounds.Port.class,
        description = "Port to listen on, 0: any. Default: ${DEFAULT-VALUE}.")
    private int port = 8480;

    @Option(names = "--unprotected-address", paramLabel = "ADDRESS",
        description = "Listen on this address of the machine in place of the loopback address. Nothing protects it: " +
            "whoever reaches it sees all that the page shows.")
    private String unprotectedAddress;

    @Option(names = "--mesh", paramLabel = "M", converter = Names.Mesh.class,
        description = "Name of the mesh. Default: ${DEFAULT-VALUE}.")
    private String mesh = MeshConfig.DEFAULT.meshName();

    @Option(names = "--dir", paramLabel = "DIR",
        description = "Directory where the processes of this host meet. Default: ${DEFAULT-VALUE}.")
    private Path directory = NodeConfig.defaultBaseDirectory();

    private PageCommand()
    {
    }

    @Override
    public Integer call()
    {
        final InetAddress address = address();
        MeshDirectory.require(directory);
        MeshDirectory.openToOthers(directory).ifPresent(this::tell);
        MeshDirectory.ofAnotherUser(directory).ifPresent(this::tell);
        NodeWatch.read(directory).unreadable().forEach(this::tell); // the page shows them too, as long as they are
        final MeshConfig config = new MeshConfig(mesh, MeshConfig.DEFAULT.hopLimit());
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier();
            Gatherer gatherer = new Gatherer(directory, config, barrier::signal);
            PageServer server = new PageServer(address, port, gatherer))
        {
            spec.commandLine().getOut().println("page at " + server.uri() + ", Ctrl-C ends it");
            spec.commandLine().getOut().flush();
            barrier.await();
            if (gatherer.failure() != null)
            {
                throw gatherer.failure();
            }
            return 0;
        }
    }

    private void tell(final MeshException error)
    {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + error.getMessage());
        spec.commandLine().getErr().flush();
    }

    private InetAddress address()
    {
        if (unprotectedAddress != null && unprotectedAddress.isBlank()) // which Java takes for the loopback address
        {
            throw noAddress(null);
        }
        try
        {
            return unprotectedAddress == null ? InetAddress.getLoopbackAddress() :
                InetAddress.getByName(unprotectedAddress);
        }
        catch (final UnknownHostException ex)
        {
            throw noAddress(ex);
        }
    }

    private ParameterException noAddress(final UnknownHostException cause)
    {
        return new ParameterException(spec.commandLine(),
            "need an address of this machine, such as 192.0.2.1, or 0.0.0.0 for all: --unprotected-address='" +
                unprotectedAddress + "'",
            cause);
    }
}
