package io.aeromesh.internal.routing;

/**
 * Is told of changes in a {@link RoutingTable}, from within the call that made them, when the state of that route is
 * consistent again. An implementation must not throw and must not call a method that changes the table.
 * <p>
 * <b>Threading:</b> the thread that owns the table.
 */
public interface RouteListener
{
    /**
     * A destination has its first feasible route.
     */
    void onRouteAdded(Route route);

    /**
     * A known destination's route changed, or came back after {@link #onRouteLost}.
     */
    void onRouteChanged(Route route, RouteChange change);

    /**
     * No feasible route now: {@link Route#next()} is null. A momentary state, or on the way to
     * {@link #onRouteRemoved}.
     */
    void onRouteLost(Route route);

    /**
     * The destination restarted: the route now leads to another instance. Comes before the
     * {@link #onRouteChanged} that the same event may cause.
     */
    void onInstanceChanged(Route route, long oldInstanceHigh, long oldInstanceLow);

    /**
     * The destination is forgotten. Always after {@link #onRouteLost}; the object is never used again.
     */
    void onRouteRemoved(Route route);

    /**
     * Another live node has this node's name. Once per such instance.
     */
    void onDuplicateName(
        String name,
        long ownInstanceHigh,
        long ownInstanceLow,
        long otherInstanceHigh,
        long otherInstanceLow,
        Withdrawal withdrawal);

    /**
     * This node gave up its name after {@link #onDuplicateName}: {@link RoutingTable#withdrawn()} is true. From now on
     * its own id is a destination like any other, which it relays.
     */
    void onWithdrawn();

    /**
     * A second name with an id that is taken was refused. Repeated only when the refused name changes.
     *
     * @param name      which keeps the id here.
     * @param otherName which was refused.
     * @param id        of both.
     */
    void onIdCollision(String name, String otherName, long id);

    /**
     * A destination was not learnt because the table is full.
     */
    void onTableFull(String name);
}
