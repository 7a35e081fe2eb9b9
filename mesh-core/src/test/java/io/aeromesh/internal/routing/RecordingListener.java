package io.aeromesh.internal.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes down what it is told, and checks the order in which it may be told it.
 */
final class RecordingListener implements RouteListener
{
    final List<String> events = new ArrayList<>();
    final List<Withdrawal> duplicates = new ArrayList<>();
    boolean withdrawn;
    boolean isMuted;
    int changes;

    @Override
    public void onRouteAdded(final Route route)
    {
        require(route.next() != null, "added without next hop");
        require(route.attachment() == null, "added twice");
        route.attachment(State.UP);
        add("added " + route.name());
    }

    @Override
    public void onRouteChanged(final Route route, final RouteChange change)
    {
        require(route.attachment() != null && route.next() != null, "changed while down");
        route.attachment(State.UP);
        if (isMuted)
        {
            return;
        }
        add("changed " + route.name() + " " + change);
    }

    @Override
    public void onRouteLost(final Route route)
    {
        require(route.attachment() == State.UP && route.next() == null, "lost while down");
        route.attachment(State.LOST);
        add("lost " + route.name());
    }

    @Override
    public void onInstanceChanged(final Route route, final long oldInstanceHigh, final long oldInstanceLow)
    {
        require(oldInstanceHigh != route.instanceHigh() || oldInstanceLow != route.instanceLow(), "same instance");
        add("instance " + route.name());
    }

    @Override
    public void onRouteRemoved(final Route route)
    {
        require(route.attachment() == State.LOST, "removed while up");
        route.attachment(State.REMOVED);
        add("removed " + route.name());
    }

    @Override
    public void onDuplicateName(
        final String name,
        final long ownInstanceHigh,
        final long ownInstanceLow,
        final long otherInstanceHigh,
        final long otherInstanceLow,
        final Withdrawal withdrawal)
    {
        duplicates.add(withdrawal);
        add("duplicate " + name + " " + ownInstanceLow + " " + otherInstanceLow + " " + withdrawal);
    }

    @Override
    public void onWithdrawn()
    {
        withdrawn = true;
        add("withdrawn");
    }

    @Override
    public void onIdCollision(final String name, final String otherName, final long id)
    {
        add("collision " + name + " " + otherName);
    }

    @Override
    public void onTableFull(final String name)
    {
        add("full " + name);
    }

    private void add(final String event)
    {
        changes++;
        if (events.size() < 1000)
        {
            events.add(event);
        }
    }

    private static void require(final boolean condition, final String message)
    {
        if (!condition)
        {
            throw new AssertionError(message);
        }
    }

    private enum State
    {
        UP, LOST, REMOVED
    }
}
