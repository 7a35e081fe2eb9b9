package io.aeromesh.tools.process;

import io.aeromesh.tools.JvmFlags;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a worker: this JVM, this class path, small.
 */
public final class ChildCommand
{
    /** Settings of the libraries that children share with this process, and how much of it compilers may take. */
    private static final List<String> INHERITED =
        List.of("-Dagrona.", "-Daeron.", "-Dchronicle.", "-ea", "-XX:TieredStopAtLevel=");

    private ChildCommand()
    {
    }

    public static List<String> of(final Class<?> main, final Path temporary, final List<String> args)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.forThisJava());
        // no performance data: a killed JVM would leave its file behind
        command.addAll(List.of("-Xms48m", "-Xmx192m", "-XX:MaxDirectMemorySize=512m", "-XX:+UseSerialGC",
            "-XX:-UsePerfData", "-XX:ErrorFile=" + temporary.resolve("hs_err_%p.log"),
            "-Djava.io.tmpdir=" + temporary));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> INHERITED.stream().anyMatch(flag::startsWith))
            .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        return command;
    }
}
