package io.aeromesh.internal.routing;

/**
 * Notes of which destinations anything new was told that the end of a session would act on. What a table must not say
 * in a small world, such as that a name is taken, is an error.
 */
final class WorldListener implements RouteListener
{
    private int changed;

    /** Bit of each destination of whose way something was told since {@link #clear}. */
    int changed()
    {
        return changed;
    }

    void clear()
    {
        changed = 0;
    }

    private void changed(final Route route)
    {
        changed |= 1 << (int)route.destinationId() - 1;
    }

    @Override
    public void onRouteAdded(final Route route)
    {
        changed(route);
    }

    @Override
    public void onRouteChanged(final Route route, final RouteChange change)
    {
        if (change != RouteChange.METRIC)
        {
            changed(route);
        }
    }

    @Override
    public void onRouteLost(final Route route)
    {
        changed(route);
    }

    @Override
    public void onInstanceChanged(final Route route, final long oldInstanceHigh, final long oldInstanceLow)
    {
        changed(route);
    }

    @Override
    public void onRouteRemoved(final Route route)
    {
        changed(route);
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
        throw new AssertionError("taken for a duplicate: " + name);
    }

    @Override
    public void onWithdrawn()
    {
        throw new AssertionError("withdrew");
    }

    @Override
    public void onIdCollision(final String name, final String otherName, final long id)
    {
        throw new AssertionError("taken for a collision: " + name + " and " + otherName);
    }

    @Override
    public void onTableFull(final String name)
    {
        throw new AssertionError("full: " + name);
    }
}
