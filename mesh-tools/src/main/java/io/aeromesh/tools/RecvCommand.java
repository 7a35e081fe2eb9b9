package io.aeromesh.tools;

import io.aeromesh.error.Reason;
import io.aeromesh.tools.option.Names;
import io.aeromesh.tools.option.Seconds;
import io.aeromesh.tools.process.StandardOutput;
import io.aeromesh.tools.process.Stopper;
import io.aeromesh.tools.stream.Format;
import io.aeromesh.tools.stream.Receiver;
import io.aeromesh.tools.stream.Receiver.Kept;
import io.aeromesh.tools.stream.StreamReport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Writes a channel to standard output.
 */
@Command(
    name = "recv",
    description = {
        "Waits for a node that opens a channel to this one, such as mesh send, and writes its messages to standard " +
            "output, byte by byte. Ends when the sender closes the channel. What became of it is said on standard " +
            "error. One that gives up before it has sent anything is not taken for the sender.",
        "A message is acknowledged when it was written; when this process is killed, or the output takes no more, up " +
            "to 32768 bytes of small messages may be acknowledged and not written.",
        ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:the sender has closed the channel, and all is written",
        "1:it has gone otherwise, or nobody came in time, or the output takes no more",
        "2:the command line was not understood",
        "130:ended by Ctrl-C",
        "141:who read the output has gone"},
    footer = {"", "Example, where mesh host runs:",
        "  mesh recv backup > backup.tar",
        "  mesh recv logs --keep >> all.log"})
final class RecvCommand implements Callable<Integer>
{
    /** So long it is no news that nobody has come yet. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private VisitorOptions options;

    @Mixin
    private StreamOptions stream;

    @Parameters(paramLabel = "CHANNEL", converter = Names.Plain.class, description = "Name of the channel.")
    private String channel;

    @Option(names = "--from", paramLabel = "NODE", converter = Names.Node.class,
        description = "Take it from this node only. Default: from any.")
    private String from = "";

    @ArgGroup
    private Kind kind = new Kind();

    @Option(names = "--keep",
        description = "Stay for more: when one sender has ended, take the next. One that comes meanwhile waits.")
    private boolean keep;

    @Option(names = "--timeout", paramLabel = "S", converter = Seconds.class,
        description = "Seconds to wait for the first sender; 0: for ever, which is the default.")
    private Duration timeout = Duration.ZERO;

    private boolean isUnknownTold;

    /** How messages are told apart. */
    static final class Kind
    {
        private Format format = Format.RAW;

        @Option(names = "--lines", description = "End each message with a newline that has none: for messages of " +
            "other programs. Not for lines that mesh send has cut because of their length.")
        void lines(final boolean isGiven)
        {
            format = Format.LINES;
        }

        @Option(names = "--frames",
            description = "Write the length of each message before it, in four bytes, big-endian.")
        void frames(final boolean isGiven)
        {
            format = Format.FRAMES;
        }
    }

    @Override
    public Integer call()
    {
        final PrintWriter err = spec.commandLine().getErr();
        if (StandardOutput.isClosed())
        {
            err.println("mesh recv: standard output is closed, and what comes is to be written there");
            return CommandLine.ExitCode.SOFTWARE; // before anything is acknowledged that is lost
        }
        try (Stopper stopper = new Stopper();
            Visitor visitor = Visitor.talking(options);
            Receiver receiver = new Receiver(visitor.node(), channel, from, keep ? Kept.OPEN : Kept.CLOSED,
                kind.format, standardOutput(), stopper, err, stream.isProgress()))
        {
            if (stream.isProgress())
            {
                err.println("mesh recv: waits for who opens channel '" + channel + "' to '" + visitor.node().name() +
                    "'");
            }
            Duration bound = timeout;
            StreamReport report;
            do
            {
                if (!awaitSender(receiver, visitor, bound))
                {
                    err.println("mesh recv: nobody has opened channel '" + channel + "' to '" +
                        visitor.node().name() + "' in " + Seconds.text(timeout) + ": " + whyNobody(visitor));
                    return CommandLine.ExitCode.SOFTWARE;
                }
                report = receiver.run();
                if (report != null)
                {
                    stream.print(spec, report);
                    bound = Duration.ZERO;
                }
                else if (!stopper.isAsked())
                {
                    err.println("mesh recv: the sender has gone and had sent nothing; waiting for the next one");
                }
            }
            while ((keep || report == null) && !stopper.isAsked());
            return report != null && report.end() == StreamReport.End.COMPLETE ? CommandLine.ExitCode.OK :
                CommandLine.ExitCode.SOFTWARE;
        }
        catch (final IOException ex)
        {
            if (StandardOutput.isPipe())
            {
                return StandardOutput.BROKEN_PIPE; // quietly, as anything before a head does
            }
            err.println("mesh recv: " + Reason.of(ex));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /**
     * Who waits for a node that nobody knows is told so, once: its name may be mistyped.
     */
    private boolean awaitSender(final Receiver receiver, final Visitor visitor, final Duration bound)
    {
        final boolean isBrief = !bound.isZero() && bound.compareTo(MOMENT) <= 0;
        if (from.isEmpty() || isUnknownTold || isBrief)
        {
            return receiver.awaitSender(bound);
        }
        if (receiver.awaitSender(MOMENT))
        {
            return true;
        }
        isUnknownTold = true;
        if (!visitor.hasRoute(from))
        {
            final PrintWriter err = spec.commandLine().getErr();
            err.println("mesh recv: waits for '" + from + "', of which nobody knows yet: " +
                visitor.noWay().known());
            err.flush();
        }
        return receiver.awaitSender(bound);
    }

    private String whyNobody(final Visitor visitor)
    {
        return visitor.noWay().isJoined() ? "run mesh send --to " + visitor.node().name() + "/" + channel +
            " there, or wait longer with --timeout, 0: for ever" : visitor.noWay().toAnybody();
    }

    /**
     * Without a buffer of Java's between. It is the process's, so it is not closed.
     */
    private static WritableByteChannel standardOutput()
    {
        return new FileOutputStream(FileDescriptor.out).getChannel();
    }
}
