package io.aeromesh.tools.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All checks. Any thread; no state.
 */
public final class Doctor
{
    private Doctor()
    {
    }

    /**
     * Looks at the machine.
     *
     * @param root          that the kernel's files are in: {@code /}.
     * @param baseDirectory where the processes of this host meet.
     */
    public static List<Finding> examine(final Path root, final Path baseDirectory)
    {
        final SystemFiles files = new SystemFiles(root);
        final List<Finding> findings = new ArrayList<>(JavaChecks.examine());
        findings.addAll(DirectoryChecks.examine(baseDirectory.toAbsolutePath()));
        findings.addAll(MemoryChecks.examine(files, baseDirectory.toAbsolutePath()));
        findings.addAll(LimitChecks.examine(files));
        findings.addAll(CpuChecks.examine(files));
        findings.addAll(NetworkChecks.examine(files));
        return List.copyOf(findings);
    }
}
