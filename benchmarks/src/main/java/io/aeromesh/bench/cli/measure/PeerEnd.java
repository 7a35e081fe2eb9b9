package io.aeromesh.bench.cli.measure;

import java.util.function.Supplier;

/**
 * The end that answers: does what the lead commands, until it commands the end.
 */
public final class PeerEnd
{
    private PeerEnd()
    {
    }

    /**
     * Sets an end up, in its turn, and returns when both can start.
     *
     * @param first the end that has to be there before the other.
     */
    static Actor connect(
        final Rendezvous rendezvous, final Role role, final Role first, final Supplier<Actor> opener)
    {
        final Actor nothing = count -> 0;
        if (role != first)
        {
            Rendezvous.await("the " + first + " to open", nothing, () -> rendezvous.isOpened(first));
        }
        final Actor actor = opener.get();
        rendezvous.opened(role);
        Rendezvous.await("the " + role + " to connect", actor, actor::connected);
        rendezvous.connected(role);
        Rendezvous.await("the " + role.other() + " to connect", actor, () -> rendezvous.isConnected(role.other()));
        return actor;
    }

    /**
     * Sets up, serves, closes.
     */
    public static void serve(final Rendezvous rendezvous, final Role first, final Supplier<Actor> opener)
    {
        try (Actor peer = connect(rendezvous, Role.PEER, first, opener))
        {
            final LimitProbe probe = new LimitProbe(rendezvous, LimitProbe.Place.BESIDE_ROWS);
            Rendezvous.Command command = rendezvous.nextCommand(peer);
            while (command != Rendezvous.Command.END)
            {
                final long count = rendezvous.commandedCount();
                if (command == Rendezvous.Command.LIMIT)
                {
                    probe.peer(count);
                }
                else
                {
                    peer.run(count);
                }
                rendezvous.done();
                command = rendezvous.nextCommand(peer);
            }
        }
        rendezvous.done();
    }
}
