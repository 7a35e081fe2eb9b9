package io.aeromesh.tools;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Prints what makes a shell complete this command line.
 */
@Command(
    name = "completion",
    description = {"Prints a script that makes the shell complete the commands and options of mesh, and of ./mesh.",
        ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", "2:the command line was not understood"},
    footer = {"", "Example, for this shell and, in ~/.bashrc or ~/.zshrc, for each:",
        "  source <(mesh completion bash)", "  source <(mesh completion zsh)"})
final class CompletionCommand implements Callable<Integer>
{
    /** Zsh takes scripts of bash, once told to; not a second time where the user's own settings have done so. */
    private static final String ZSH_PROLOGUE = """
        (( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
        (( ${+functions[complete]} )) || { autoload -Uz bashcompinit && bashcompinit }
        """;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell;

    /** As written on the command line. */
    enum Shell
    {
        bash,
        zsh
    }

    @Override
    public Integer call()
    {
        final PrintWriter out = spec.commandLine().getOut();
        final CommandLine mesh = spec.root().commandLine();
        if (shell == Shell.zsh)
        {
            out.print(ZSH_PROLOGUE);
        }
        out.print(AutoComplete.bash(mesh.getCommandName(), mesh));
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
