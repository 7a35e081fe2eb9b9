package io.aeromesh.sim.load;

import java.util.function.BooleanSupplier;

/**
 * One of several that may serve a channel, so that it owes nothing while it does not.
 */
public final class Server implements App
{
    private final App end;
    private final BooleanSupplier isServing;

    private Server(final App end, final BooleanSupplier isServing)
    {
        this.end = end;
        this.isServing = isServing;
    }

    /**
     * Has the channel open.
     */
    public static Server of(final PeerApp end)
    {
        return new Server(end, end::isConnected);
    }

    /**
     * Opens the channel when it is asked for it.
     */
    public static Server of(final ListenApp end)
    {
        return new Server(end, end::isConnected);
    }

    @Override
    public String nodeName()
    {
        return end.nodeName();
    }

    @Override
    public void onNodeCloses()
    {
        end.onNodeCloses();
    }

    @Override
    public void onNodeEnded()
    {
        end.onNodeEnded();
    }

    @Override
    public void work(final Mood mood)
    {
        end.work(mood);
    }

    @Override
    public String owed()
    {
        return isServing.getAsBoolean() ? end.owed() : null;
    }
}
