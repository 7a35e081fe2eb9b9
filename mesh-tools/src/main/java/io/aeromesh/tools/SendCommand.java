package io.aeromesh.tools;

import io.aeromesh.ChannelSpec;
import io.aeromesh.error.Reason;
import io.aeromesh.tools.option.Bounds;
import io.aeromesh.tools.option.Names;
import io.aeromesh.tools.option.Seconds;
import io.aeromesh.tools.process.Stopper;
import io.aeromesh.tools.stream.Format;
import io.aeromesh.tools.stream.Sender;
import io.aeromesh.tools.stream.StreamReport;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Sends standard input along a channel.
 */
@Command(
    name = "send",
    description = {
        "Sends standard input along a channel to a node that opens or listens to it, such as mesh recv. Each line is " +
            "a message, with its newline; a line that is longer than a message can be goes in several, of which only " +
            "the last ends with a newline. So what mesh recv writes is the input, byte by byte.",
        "At the end of the input the channel is closed once the other end has consumed all. While there is no way to " +
            "it, or it is slow, this command waits. What became of the input is said on standard error.",
        ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:all of the input is acknowledged",
        "1:it is not: nobody there, the other end has closed or died, or the input could not be read",
        "2:the command line was not understood",
        "130:ended by Ctrl-C; the channel was closed, which the other end can not tell from an end of the input"},
    footer = {"", "Example, where mesh host runs:",
        "  mesh send --to store/backup < backup.tar",
        "  tail -f app.log | mesh send --to store/logs"})
final class SendCommand implements Callable<Integer>
{
    private static final int WINDOW_LENGTH_DEFAULT = 1024 * 1024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private VisitorOptions options;

    @Mixin
    private StreamOptions stream;

    @Option(names = "--to", required = true, paramLabel = "NODE/CHANNEL", converter = AddressConverter.class,
        description = "Where to: a node's name, or NODE/CONTEXT, and a channel's, which has no / here.")
    private Address to;

    @ArgGroup
    private Kind kind = new Kind();

    @Option(names = "--timeout", paramLabel = "S", converter = Seconds.class,
        description = "Seconds to wait for the other end's first answer; 0: for ever. Default: 10. Once connected " +
            "there is no bound.")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--window", paramLabel = "BYTES", converter = Bounds.Window.class,
        description = "Bytes under way, a power of two; a message is at most half of it less 8. " +
            "Default: ${DEFAULT-VALUE}.")
    private int window = WINDOW_LENGTH_DEFAULT;

    @Option(names = "--mode", paramLabel = "MODE",
        description = "Which way: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, the best there is; PROXY: hop " +
            "by hop.")
    private ChannelSpec.Mode mode = ChannelSpec.Mode.AUTO;

    /** What is a message. */
    static final class Kind
    {
        private Format format = Format.LINES;

        @Option(names = "--lines", description = "A message for each line. This is the default.")
        void lines(final boolean isGiven)
        {
            format = Format.LINES;
        }

        @Option(names = "--frames",
            description = "A message for each frame: its length in four bytes, big-endian, then as many bytes.")
        void frames(final boolean isGiven)
        {
            format = Format.FRAMES;
        }

        @Option(names = "--raw", description = "Messages of whatever was read, up to 65536 bytes: for a stream " +
            "whose messages nobody counts, and the quickest.")
        void raw(final boolean isGiven)
        {
            format = Format.RAW;
        }
    }

    @Override
    public Integer call()
    {
        final PrintWriter err = spec.commandLine().getErr();
        final ChannelSpec channel = channelSpec();
        try (Stopper stopper = new Stopper(); Visitor visitor = Visitor.talking(options))
        {
            final Sender sender = new Sender(
                visitor.node(), channel, kind.format, standardInput(), stopper, err, stream.isProgress());
            if (!sender.connect(timeout))
            {
                err.println("mesh send: " + whyNobody(visitor));
                return CommandLine.ExitCode.SOFTWARE;
            }
            send(sender);
            final StreamReport report = sender.close();
            stream.print(spec, report);
            if (sender.dropped() > 0)
            {
                err.println("mesh send: dropped " + sender.dropped() + " messages that the other end has sent");
            }
            return report.end() == StreamReport.End.COMPLETE ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void send(final Sender sender)
    {
        try
        {
            sender.run();
        }
        catch (final IOException ex)
        {
            spec.commandLine().getErr().println("mesh send: can not read the input: " + Reason.of(ex));
        }
    }

    private ChannelSpec channelSpec()
    {
        return ChannelSpec.to(to.node()).named(to.channel()).mode(mode).windowLength(window);
    }

    private String whyNobody(final Visitor visitor)
    {
        final String bound = " in " + Seconds.text(timeout);
        return visitor.hasRoute(to.node()) ? "'" + to.node() + "' has not opened channel '" + to.channel() + "'" +
            bound + ": run mesh recv " + to.channel() + " there, or wait longer with --timeout" :
            "no way to '" + to.node() + "'" + bound + ": " + visitor.noWay().to(to.node());
    }

    /**
     * Without a buffer of Java's between. It is the process's, so it is not closed.
     */
    private static ReadableByteChannel standardInput()
    {
        return new FileInputStream(FileDescriptor.in).getChannel();
    }

    /**
     * A channel of a node.
     */
    record Address(String node, String channel)
    {
    }

    /**
     * Parts of an address.
     */
    static final class AddressConverter implements ITypeConverter<Address>
    {
        @Override
        public Address convert(final String value)
        {
            final int slash = value.lastIndexOf('/');
            if (slash <= 0 || slash == value.length() - 1)
            {
                throw new TypeConversionException("'" + value + "' is not NODE/CHANNEL");
            }
            return new Address(new Names.Node().convert(value.substring(0, slash)),
                new Names.Plain().convert(value.substring(slash + 1)));
        }
    }
}
