package io.aeromesh.tools.watch;

import io.aeromesh.tools.option.Seconds;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.ShutdownHooks;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows nodes, edges and channels live.
 */
@Command(
    name = "top",
    description = {"Shows the nodes of this host with their edges and channels, and rates, full-screen, until q or " +
        "Ctrl-C. Rates and times are those since the look before.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:ended by q or Ctrl-C",
        "1:there is no such node, or no terminal",
        "2:the command line was not understood"},
    footer = {"", "Example:", "  mesh top --interval 0.5"})
public final class TopCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private WatchOptions options;

    @Option(names = "--interval", paramLabel = "S", converter = Seconds.BetweenLooks.class,
        description = "Seconds between two looks, at least 0.1. Default: 1.")
    private Duration interval = Duration.ofSeconds(1);

    private TopCommand()
    {
    }

    @Override
    public Integer call() throws IOException
    {
        if (options.look().isEmpty())
        {
            options.tellNone();
            return CommandLine.ExitCode.SOFTWARE;
        }
        final TopEnd end = new TopEnd();
        // before there is a terminal, whose own hook closes it and runs after this one
        final ShutdownHooks.Task onSignal = ShutdownHooks.add(end::askAndAwait);
        try (Terminal terminal = openTerminal())
        {
            if (terminal == null)
            {
                spec.commandLine().getErr().println(spec.qualifiedName() +
                    ": needs a terminal, and there is none here. Without one: mesh stat --watch");
                spec.commandLine().getErr().flush();
                return CommandLine.ExitCode.SOFTWARE;
            }
            new Top(terminal, options::look, interval.toMillis(), end).run();
        }
        finally
        {
            end.restored();
            ShutdownHooks.remove(onSignal);
        }
        return CommandLine.ExitCode.OK;
    }

    /**
     * @return the terminal, or null where standard input or output is none that can be drawn on.
     */
    private static Terminal openTerminal()
    {
        try
        {
            final Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).build();
            if (!terminal.getType().startsWith(Terminal.TYPE_DUMB))
            {
                return terminal;
            }
            terminal.close();
            return null;
        }
        catch (final IOException | IllegalStateException noTerminal)
        {
            return null;
        }
    }
}
