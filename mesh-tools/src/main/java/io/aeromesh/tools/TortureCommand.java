package io.aeromesh.tools;

import io.aeromesh.NodeConfig;
import io.aeromesh.tools.option.Bounds;
import io.aeromesh.tools.torture.Kind;
import io.aeromesh.tools.torture.Sandbox;
import io.aeromesh.tools.torture.Torture;
import io.aeromesh.tools.torture.TortureOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Does to real processes what production does to them, and judges what became of their messages.
 */
@Command(
    name = "torture",
    description = {
        "Runs six node processes and a media driver on this host, joined by shared memory, Aeron IPC and UDP, which " +
            "send checked messages and leases by hops, by shared memory and by streams without end, and does to them " +
            "at random moments what may happen: kills, stops, full memory, lost packets. After each it judges what " +
            "they have written down: what was accepted was delivered once in order or reported, and memory is back " +
            "at its base.",
        "Where the machine allows it, all runs in namespaces of its own; what it does not allow is skipped, and the " +
            "report says why.",
        ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:nothing lost, doubled or changed",
        "1:otherwise, or processes got stuck: the output names the seed, and the directory with the evidence",
        "2:the command line was not understood, or a file can not be written"},
    footer = {"", "Example:", "  mesh torture --minutes 30 --json torture.json",
        "  mesh torture --minutes 1 --seed 7 --only kill-writer,stop"})
final class TortureCommand implements Callable<Integer>
{
    private static final double MS_PER_MINUTE = 60_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--minutes", paramLabel = "M", required = true, converter = Bounds.Minutes.class,
        description = "How long; what has begun is ended after that.")
    private double minutes;

    @Option(names = "--seed", paramLabel = "S", converter = Bounds.Seed.class,
        description = "Draws the same faults as the run that named it. Default: another each time.")
    private Long seed;

    @Option(names = "--only", paramLabel = "KIND", split = ",", converter = KindConverter.class,
        description = "Do only these: kill-writer, kill-reader, kill-relay, stop, kill-driver, full, files, clock, " +
            "pid-one, loss, cut. Default: all but clock, for which each look at a clock becomes slow.")
    private List<Kind> only = new ArrayList<>(EnumSet.complementOf(EnumSet.of(Kind.CLOCK)));

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file as JSON.")
    private Path json;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the run makes its temporary directory, best " +
        "in memory. Default: /dev/shm, else the system's temporary directory.")
    private Path directory = NodeConfig.defaultBaseDirectory().getParent();

    /** Runs in namespaces of its own already. */
    @Option(names = "--inside", hidden = true)
    private boolean inside;

    /** Defects that the reader is to have, to prove that they are found. */
    @Option(names = "--plant", split = ",", hidden = true)
    private Set<String> planted = new TreeSet<>();

    @Override
    public Integer call() throws IOException
    {
        if (seed == null)
        {
            seed = ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE);
        }
        final CommandLine line = spec.commandLine();
        final TortureOptions options = options();
        CommandFiles.checkWritable(spec, "--json", json);
        CommandFiles.checkDirectory(spec, "--dir", directory);
        if (inside)
        {
            Sandbox.endWithParent();
        }
        else
        {
            final List<String> prefix = Sandbox.prefix();
            if (!prefix.isEmpty())
            {
                return Sandbox.run(prefix, Mesh.class, arguments(), line.getOut(), line.getErr());
            }
        }
        final boolean good = new Torture(options, json, line.getOut(), line.getErr()).run();
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private TortureOptions options()
    {
        try
        {
            return new TortureOptions(Duration.ofMillis(Math.round(minutes * MS_PER_MINUTE)), seed,
                EnumSet.copyOf(only), inside, planted, directory);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
        }
    }

    /**
     * What this command was told, for the same command in its namespaces.
     */
    private List<String> arguments()
    {
        final List<String> args = new ArrayList<>(List.of("torture", "--inside", "--minutes", Double.toString(minutes),
            "--seed", Long.toString(seed), "--dir", directory.toAbsolutePath().toString(), "--only",
            String.join(",", only.stream().map(Kind::toString).toList())));
        if (json != null)
        {
            args.addAll(List.of("--json", json.toAbsolutePath().toString()));
        }
        if (!planted.isEmpty())
        {
            args.addAll(List.of("--plant", String.join(",", planted)));
        }
        return args;
    }

    /**
     * A kind by its name.
     */
    static final class KindConverter implements ITypeConverter<Kind>
    {
        @Override
        public Kind convert(final String value)
        {
            for (final Kind kind : Kind.values())
            {
                if (kind.toString().equals(value))
                {
                    return kind;
                }
            }
            throw new TypeConversionException("'" + value + "' is none of " + EnumSet.allOf(Kind.class));
        }
    }
}
