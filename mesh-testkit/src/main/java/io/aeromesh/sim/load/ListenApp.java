package io.aeromesh.sim.load;

import io.aeromesh.ChannelRequest;
import io.aeromesh.ChannelSpec;
import io.aeromesh.RequestListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Listens for a name, and opens a channel to each node that asks, as it likes: at once, later, though it was not asked,
 * or so that it closes it at once.
 */
public final class ListenApp implements App
{
    private final Stage stage;
    private final String node;
    private final ChannelSpec spec;
    private final Habits habits;
    private final SplittableRandom random;
    private final Map<String, PeerApp> ends = new LinkedHashMap<>();
    private final Map<String, ChannelRequest> later = new LinkedHashMap<>();
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
        later.clear();
        ends.values().forEach(App::onNodeEnded);
    }

    @Override
    public void work(final Mood mood)
    {
        if (listener == null)
        {
            listener = stage.node(node).listen(spec.name());
        }
        if (mood == Mood.CALM)
        {
            List.copyOf(later.values()).forEach(this::accept);
            listener.poll(this::accept);
        }
        else
        {
            listen();
        }
        ends.values().forEach(end -> end.work(mood));
    }

    private void listen()
    {
        if (random.nextInt(4) == 0)
        {
            listener.poll(this::decide);
        }
        if (Habits.hits(random, habits.refuses() / 32))
        {
            accept(new ChannelRequest(spec.peer(), spec.name(), 0)); // who may not have asked
        }
        if (Habits.hits(random, habits.refuses() / 32))
        {
            listener.close();
            listener = null;
        }
    }

    private void decide(final ChannelRequest request)
    {
        if (!Habits.hits(random, habits.refuses()))
        {
            accept(request);
        }
        else if (random.nextBoolean())
        {
            later.put(request.source(), request);
        }
        else
        {
            stage.log().accept(node, "refuses " + request);
            stage.reasons().onClosed(node, request.source());
            stage.node(node).open(request.spec()).close();
        }
    }

    private void accept(final ChannelRequest request)
    {
        later.remove(request.source());
        ends.computeIfAbsent(request.source(), source -> new PeerApp(stage, node,
            request.spec().windowLength(spec.windowLength()).closeDrainNs(spec.closeDrainNs()), habits, random.split()))
            .accept();
    }

    boolean isConnected()
    {
        return ends.values().stream().anyMatch(PeerApp::isConnected);
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
