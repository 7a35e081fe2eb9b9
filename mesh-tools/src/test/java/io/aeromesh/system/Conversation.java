package io.aeromesh.system;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.SessionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/**
 * A channel between two nodes of a grid with traffic both ways. Its ends are opened and polled by the test's thread.
 */
final class Conversation
{
    /** Room for messages longer than any packet. */
    private static final int WINDOW_LENGTH = 256 * 1024;

    private final Grid grid;
    private final String firstName;
    private final ChannelSpec specOfFirst;
    private final ChannelSpec specOfSecond;
    private final List<SessionReport> firstEnded = new ArrayList<>();
    private final List<SessionReport> secondEnded = new ArrayList<>();
    private Flow forth = new Flow(1);
    private Flow back = new Flow(2);
    private Channel first;
    private Channel second;

    Conversation(final Grid grid, final String firstName, final String secondName, final String name)
    {
        this.grid = grid;
        this.firstName = firstName;
        specOfFirst =
            ChannelSpec.to(secondName).named(name).windowLength(WINDOW_LENGTH).listener(recorder(firstEnded));
        specOfSecond =
            ChannelSpec.to(firstName).named(name).windowLength(WINDOW_LENGTH).listener(recorder(secondEnded));
    }

    private static ChannelListener recorder(final List<SessionReport> ended)
    {
        return new ChannelListener()
        {
            @Override
            public void onSessionEnded(final Channel channel, final SessionReport report)
            {
                ended.add(report);
            }
        };
    }

    Conversation sizes(final IntUnaryOperator sizes)
    {
        forth = new Flow(1, sizes);
        back = new Flow(2, sizes);
        return this;
    }

    Conversation openFirst()
    {
        first = grid.node(firstName).open(specOfFirst);
        return this;
    }

    Conversation openSecond()
    {
        second = grid.node(specOfFirst.peer()).open(specOfSecond);
        return this;
    }

    Conversation open()
    {
        return openFirst().openSecond();
    }

    Channel first()
    {
        return first;
    }

    Channel second()
    {
        return second;
    }

    Flow forth()
    {
        return forth;
    }

    Flow back()
    {
        return back;
    }

    List<SessionReport> firstEnded()
    {
        return firstEnded;
    }

    List<SessionReport> secondEnded()
    {
        return secondEnded;
    }

    /**
     * This many more messages are to go each way.
     */
    Conversation more(final int count)
    {
        forth.more(count);
        back.more(count);
        return this;
    }

    /**
     * What was under way is given up; counting starts anew at both ends.
     */
    void restart()
    {
        forth.restart();
        back.restart();
    }

    /**
     * Sends and receives what can be now.
     */
    void pump()
    {
        if (first != null)
        {
            forth.send(first);
            first.poll(back::onMessage, Integer.MAX_VALUE);
        }
        if (second != null)
        {
            back.send(second);
            second.poll(forth::onMessage, Integer.MAX_VALUE);
        }
    }

    void pumpUntil(final String what, final BooleanSupplier condition)
    {
        grid.await(() -> what + " with " + this, () ->
        {
            pump();
            return condition.getAsBoolean();
        });
    }

    /**
     * Runs until everything was delivered, and acknowledged, so that closing needs no wait.
     */
    void finish()
    {
        pumpUntil("all delivered", () -> forth.isDone() && back.isDone() && isQuiet());
    }

    private boolean isQuiet()
    {
        return first.acknowledgedPosition() == first.acceptedPosition() &&
            second.acknowledgedPosition() == second.acceptedPosition();
    }

    /**
     * Closes both ends.
     */
    void close()
    {
        first.close();
        second.close();
        grid.await("ends closed", () -> first.closeReport() != null && second.closeReport() != null);
    }

    @Override
    public String toString()
    {
        return "forth " + forth + ", back " + back + ", first " + describe(first, firstEnded) + ", second " +
            describe(second, secondEnded);
    }

    private static String describe(final Channel end, final List<SessionReport> ended)
    {
        return end == null ? "not open" : end.state() + " acknowledged " + end.acknowledgedPosition() + "/" +
            end.acceptedPosition() + " " + ended;
    }
}
