package io.aeromesh.bench.cli.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A page that both ends have mapped, by which they agree on what comes next: the lead commands, the peer says that it
 * has begun and that it is done. The same for two threads and for two processes.
 * <p>
 * <b>Blocking:</b> waits spin, as what is measured does, each with a bound.
 */
public final class Rendezvous implements AutoCloseable
{
    /** What the lead can command. */
    enum Command
    {
        NONE, RUN, LIMIT, BEGIN_LEDGER, TELL_ALLOCATED, TELL_COMPILED, TELL_TAKEN, END
    }

    static final int FILE_LENGTH = 16 * 1024;

    private static final String FILE_NAME = "rendezvous";
    private static final int LINE = 256;
    private static final int COMMAND_SEQUENCE = 0;
    private static final int COMMAND_KIND = COMMAND_SEQUENCE + 8;
    private static final int COMMAND_COUNT = COMMAND_KIND + 8;
    private static final int BEGUN = LINE;
    private static final int DONE = BEGUN + 8;
    private static final int ANSWER = DONE + 8;
    private static final int OPENED = 2 * LINE;
    private static final int CONNECTED = OPENED + 2 * LINE;
    private static final int PID = CONNECTED + 2 * LINE;
    private static final int THREAD_ID = PID + 8;
    /** The lines that the limit bounces lie here. */
    private static final int LIMIT_OFFSET = 4096;
    private static final int LIMIT_LENGTH = 4096;
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(120);
    private static final Command[] COMMANDS = Command.values();
    private static final int LOOKS_PER_CLOCK = 4096;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer page;
    // made once, as what is measured may allocate and this must not
    private final BooleanSupplier commanded = this::isCommanded;
    private final BooleanSupplier begun = this::isBegun;
    private final BooleanSupplier done = this::isDone;
    private long sequence;

    /**
     * Maps the page that {@link #create} made.
     */
    public Rendezvous(final Path directory)
    {
        mapped = IoUtil.mapExistingFile(directory.resolve(FILE_NAME).toFile(), FILE_NAME);
        page = new UnsafeBuffer(mapped);
    }

    /**
     * Makes the page in a directory.
     */
    public static void create(final Path directory)
    {
        try
        {
            Files.write(directory.resolve(FILE_NAME), new byte[FILE_LENGTH]);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Lines to bounce, far from all others.
     */
    public Bounce bounce(final Bounce.Lines lines)
    {
        return new Bounce(new UnsafeBuffer(page, LIMIT_OFFSET, LIMIT_LENGTH), lines);
    }

    void opened(final Role role)
    {
        page.putLong(PID + role.ordinal() * LINE, ProcessHandle.current().pid());
        page.putLong(THREAD_ID + role.ordinal() * LINE, CoreWaits.threadId());
        page.putLongRelease(OPENED + role.ordinal() * LINE, 1);
    }

    boolean isOpened(final Role role)
    {
        return page.getLongAcquire(OPENED + role.ordinal() * LINE) != 0;
    }

    void connected(final Role role)
    {
        page.putLongRelease(CONNECTED + role.ordinal() * LINE, 1);
    }

    boolean isConnected(final Role role)
    {
        return page.getLongAcquire(CONNECTED + role.ordinal() * LINE) != 0;
    }

    long pid(final Role role)
    {
        return page.getLong(PID + role.ordinal() * LINE);
    }

    long threadId(final Role role)
    {
        return page.getLong(THREAD_ID + role.ordinal() * LINE);
    }

    /**
     * The lead's: commands, and returns when the peer has begun.
     */
    void command(final Command command, final long count, final Actor lead)
    {
        sequence++;
        page.putLong(COMMAND_KIND, command.ordinal());
        page.putLong(COMMAND_COUNT, count);
        page.putLongRelease(COMMAND_SEQUENCE, sequence);
        await("the peer to begin", lead, begun);
    }

    /**
     * The lead's: waits until the peer has done what was commanded.
     */
    void awaitDone(final Actor lead)
    {
        await("the peer to be done", lead, done);
    }

    /**
     * The lead's: commands what has an answer, and returns it.
     */
    long ask(final Command command, final Actor lead)
    {
        command(command, 0, lead);
        awaitDone(lead);
        return page.getLong(ANSWER);
    }

    /**
     * The peer's: its answer, before it is done.
     */
    void answer(final long value)
    {
        page.putLong(ANSWER, value);
    }

    /**
     * The peer's: waits for the next command, and says that it has begun.
     */
    Command nextCommand(final Actor peer)
    {
        sequence++;
        await("the lead to command", peer, commanded);
        final Command command = COMMANDS[(int)page.getLong(COMMAND_KIND)];
        page.putLongRelease(BEGUN, sequence);
        return command;
    }

    private boolean isCommanded()
    {
        return page.getLongAcquire(COMMAND_SEQUENCE) == sequence;
    }

    private boolean isBegun()
    {
        return page.getLongAcquire(BEGUN) == sequence;
    }

    private boolean isDone()
    {
        return page.getLongAcquire(DONE) == sequence;
    }

    long commandedCount()
    {
        return page.getLong(COMMAND_COUNT);
    }

    void done()
    {
        page.putLongRelease(DONE, sequence);
    }

    /**
     * Spins until the condition holds, doing the actor's work meanwhile.
     *
     * @throws IllegalStateException when the bound passes.
     */
    static void await(final String what, final Actor actor, final BooleanSupplier condition)
    {
        long looks = 0;
        long deadlineNs = 0;
        while (!condition.getAsBoolean())
        {
            actor.work();
            looks++;
            if (looks % LOOKS_PER_CLOCK == 0)
            {
                final long nowNs = System.nanoTime();
                deadlineNs = deadlineNs == 0 ? nowNs + BOUND_NS : deadlineNs;
                if (nowNs - deadlineNs > 0)
                {
                    throw new IllegalStateException("waited " + TimeUnit.NANOSECONDS.toSeconds(BOUND_NS) + " s for " +
                        what + ": see that the other end runs");
                }
            }
        }
    }

    @Override
    public void close()
    {
        IoUtil.unmap(mapped);
    }
}
