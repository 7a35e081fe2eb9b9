package io.aeromesh.sim.load;

import io.aeromesh.ChannelRequest;
import io.aeromesh.ChannelSpec;
import io.aeromesh.RequestListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Listens for a name, and opens a channel to each node that asks.
 */
public final class ListenApp implements App
{
    private final Stage stage;
    private final String node;
    private final ChannelSpec spec;
    private final Habits habits;
    private final SplittableRandom random;
    private final Map<String, PeerApp> ends = new LinkedHashMap<>();
    private RequestListener listener;

    /**
     * @param stage  to play on.
     * @param node   at which it runs.
     * @param spec   with the name and the window of the channels.
     * @param habits of its ends.
     * @param random of its own.
     */
    public ListenApp(
        final Stage stage,
        final String node,
        final ChannelSpec spec,
        final Habits habits,
        final SplittableRandom random)
    {
        this.stage = stage;
        this.node = node;
        this.spec = spec;
        this.habits = habits;
        this.random = random;
    }

    @Override
    public String nodeName()
    {
        return node;
    }

    @Override
    public void onNodeCloses()
    {
        ends.values().forEach(App::onNodeCloses);
    }

    @Override
    public void onNodeEnded()
    {
        listener = null;
        ends.values().forEach(App::onNodeEnded);
    }

    @Override
    public void work(final Mood mood)
    {
        if (listener == null)
        {
            listener = stage.node(node).listen(spec.name());
        }
        if (mood == Mood.CALM || random.nextInt(4) == 0)
        {
            listener.poll(this::accept);
        }
        ends.values().forEach(end -> end.work(mood));
    }

    private void accept(final ChannelRequest request)
    {
        ends.computeIfAbsent(request.source(), source -> new PeerApp(stage, node,
            request.spec().windowLength(spec.windowLength()).closeDrainNs(spec.closeDrainNs()), habits, random.split()))
            .accept();
    }

    @Override
    public String owed()
    {
        for (final PeerApp end : ends.values())
        {
            if (end.owed() != null)
            {
                return end.owed();
            }
        }
        return null;
    }
}
