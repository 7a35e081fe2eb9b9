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
        try (Actor peer = connect(rendezvous, Role.PEER, first, opener);
            Ledger ledger = new Ledger(rendezvous))
        {
            final Bounce bounce = rendezvous.bounce(Bounce.Lines.ONE_BESIDE_ROWS);
            Rendezvous.Command command = rendezvous.nextCommand(peer);
            while (command != Rendezvous.Command.END)
            {
                final long count = rendezvous.commandedCount();
                switch (command)
                {
                    case RUN -> peer.run(count);
                    case LIMIT -> bounce.peer(count);
                    case BEGIN_LEDGER -> ledger.begin();
                    case TELL_ALLOCATED -> rendezvous.answer(ledger.allocatedBytes());
                    case TELL_COMPILED -> rendezvous.answer(ledger.compiledMs());
                    case TELL_TAKEN -> rendezvous.answer(ledger.takenNs());
                    default -> throw new IllegalStateException("no such command: " + command);
                }
                rendezvous.done();
                command = rendezvous.nextCommand(peer);
            }
        }
        rendezvous.done();
    }
}
