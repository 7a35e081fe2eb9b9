package io.aeromesh.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.tools.doctor.Doctor;
import io.aeromesh.tools.doctor.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Says whether this machine suits the mesh.
 */
@Command(
    name = "doctor",
    description = {"Looks at this machine and this user's limits as the mesh will find them, and says what to do " +
        "about what it finds. Changes nothing.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:all is well, or there are warnings only",
        "1:something makes that the mesh can not work",
        "2:the command line was not understood"},
    footer = {"", "Example:", "  mesh doctor", "  mesh doctor --dir /run/aeromesh --json"})
final class DoctorCommand implements Callable<Integer>
{
    private static final Path ROOT = Path.of("/");

    @Spec
    private CommandSpec spec;

    @Option(names = "--dir", paramLabel = "DIR",
        description = "Directory where the processes of this host meet. Default: ${DEFAULT-VALUE}.")
    private Path directory = NodeConfig.defaultBaseDirectory();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call()
    {
        final List<Finding> findings = Doctor.examine(ROOT, directory);
        final boolean isGood = findings.stream().noneMatch(finding -> finding.level() == Finding.Level.FAIL);
        final PrintWriter out = spec.commandLine().getOut();
        if (json)
        {
            out.println(toJson(findings, isGood));
        }
        else
        {
            findings.forEach(finding -> print(out, finding));
        }
        out.flush();
        return isGood ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static void print(final PrintWriter out, final Finding finding)
    {
        out.println(String.format(Locale.ROOT, "%-4s  %-18s  %s", word(finding), finding.check(), finding.found()));
        if (!finding.remedy().isEmpty())
        {
            out.println(String.format(Locale.ROOT, "%26s-> %s", "", finding.remedy()));
        }
    }

    private static ObjectNode toJson(final List<Finding> findings, final boolean isGood)
    {
        final ObjectNode object = JsonNodeFactory.instance.objectNode().put("ok", isGood);
        final ArrayNode checks = object.putArray("checks");
        for (final Finding finding : findings)
        {
            checks.addObject().put("check", finding.check()).put("level", word(finding))
                .put("found", finding.found()).put("remedy", finding.remedy());
        }
        return object;
    }

    private static String word(final Finding finding)
    {
        return finding.level().name().toLowerCase(Locale.ROOT);
    }
}
