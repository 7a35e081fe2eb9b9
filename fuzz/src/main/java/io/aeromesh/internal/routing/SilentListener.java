package io.aeromesh.internal.routing;

/**
 * Wants to know nothing.
 */
final class SilentListener implements RouteListener
{
    @Override
    public void onRouteAdded(final Route route)
    {
        // as it says
    }

    @Override
    public void onRouteChanged(final Route route, final RouteChange change)
    {
        // as it says
    }

    @Override
    public void onRouteLost(final Route route)
    {
        // as it says
    }

    @Override
    public void onInstanceChanged(final Route route, final long oldInstanceHigh, final long oldInstanceLow)
    {
        // as it says
    }

    @Override
    public void onRouteRemoved(final Route route)
    {
        // as it says
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
        // as it says
    }

    @Override
    public void onWithdrawn()
    {
        // as it says
    }

    @Override
    public void onIdCollision(final String name, final String otherName, final long id)
    {
        // as it says
    }

    @Override
    public void onTableFull(final String name)
    {
        // as it says
    }
}
