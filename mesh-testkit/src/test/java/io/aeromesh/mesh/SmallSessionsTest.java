package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelState;
import io.aeromesh.status.MeshCounter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two ends, one relay, three messages: every order of so many steps, with every fault at every point among them. What
 * was accepted is delivered once, in order. A step is a duty cycle of one of the nodes, an offer, or a poll.
 */
class SmallSessionsTest
{
    private static final int MESSAGES = 3;
    private static final int CALM_STEPS = 20;
    private static final int DEPTH = "full".equals(System.getProperty("mesh.exhaustive")) ? 6 : 3;

    /** What can be next. */
    private enum Step
    {
        CYCLE_A, CYCLE_B, CYCLE_C, OFFER, POLL
    }

    /** What goes wrong. */
    enum Fault
    {
        /** The edge of the sender is another generation; what was under way to the sender is lost. */
        SENDERS_EDGE_AT_SENDER,
        /** Likewise; what was under way to the relay is lost. */
        SENDERS_EDGE_AT_RELAY,
        /** The receiver's edge, at the relay. */
        RECEIVERS_EDGE_AT_RELAY,
        /** The receiver's edge, at the receiver. */
        RECEIVERS_EDGE_AT_RECEIVER,
        /** The relay dies with all that it holds, and another one comes. */
        RELAY
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverOnceInOrderWhateverTheOrderOfStepsAndThePointOfTheFault(final Fault fault)
    {
        final int orders = (int)Math.pow(Step.values().length, DEPTH);
        int worlds = 0;
        long resent = 0;
        for (int order = 0; order < orders; order++)
        {
            for (int point = 0; point < DEPTH; point++)
            {
                resent += run(steps(order), point, fault);
                worlds++;
            }
        }
        System.out.println("small sessions: " + fault + ": " + worlds + " worlds of " + DEPTH + " steps, " + resent +
            " packets sent again, 0 violations");
        assertTrue(resent > 0 || fault == Fault.SENDERS_EDGE_AT_SENDER, "no fault took a message with it");
    }

    @Test
    void shouldSeeAMessageThatIsDeliveredTwice()
    {
        try (World world = new World())
        {
            world.pump.send(1);
            world.mesh.runUntil("delivered", () -> world.pump.receive() > 0);
            assertEquals(1, world.pump.delivered());
            assertTrue(world.sendAgain());
            final AssertionError found = assertThrows(
                AssertionError.class, () -> world.mesh.runUntil("again", () -> world.pump.receive() > 0));
            assertTrue(found.getMessage().contains("differs"), found.getMessage());
        }
    }

    private static List<Step> steps(final int order)
    {
        final int kinds = Step.values().length;
        return Stream.iterate(order, rest -> rest / kinds).limit(DEPTH).map(rest -> Step.values()[rest % kinds])
            .toList();
    }

    /** Returns how many packets had to be sent again. */
    private static long run(final List<Step> steps, final int point, final Fault fault)
    {
        try (World world = new World())
        {
            for (int index = 0; index < steps.size(); index++)
            {
                if (index == point)
                {
                    world.happen(fault);
                }
                world.take(steps.get(index));
            }
            world.finish();
            return world.mesh.counter("a", MeshCounter.PACKETS_RESENT);
        }
        catch (final AssertionError ex)
        {
            throw new AssertionError(fault + " before step " + point + " of " + steps + ": " + ex.getMessage(), ex);
        }
    }

    /** Real nodes a, b and c, and a channel from a to c. */
    private static final class World implements AutoCloseable
    {
        private final TestMesh mesh = new TestMesh(1);
        private final Channel first;
        private final Channel last;
        private final Pump pump;

        World()
        {
            mesh.node("a", "ab?peer=b");
            relay();
            mesh.node("c", "bc?peer=b");
            first = mesh.open("a", "c");
            last = mesh.open("c", "a");
            mesh.untilConnected(first, last);
            pump = new Pump(first, last, 1, MESSAGES);
        }

        private void relay()
        {
            mesh.node("b", "ab?peer=a", "bc?peer=c");
        }

        void take(final Step step)
        {
            mesh.sim().clock().advance(1_000);
            switch (step)
            {
                case CYCLE_A:
                    mesh.sim().node("a").doWork();
                    break;

                case CYCLE_B:
                    mesh.sim().node("b").doWork();
                    break;

                case CYCLE_C:
                    mesh.sim().node("c").doWork();
                    break;

                case OFFER:
                    pump.send(1);
                    break;

                default:
                    pump.receive();
                    break;
            }
        }

        void happen(final Fault fault)
        {
            switch (fault)
            {
                case SENDERS_EDGE_AT_SENDER:
                    mesh.sim().loseStream("a", "b");
                    break;

                case SENDERS_EDGE_AT_RELAY:
                    mesh.sim().loseStream("b", "a");
                    break;

                case RECEIVERS_EDGE_AT_RELAY:
                    mesh.sim().loseStream("b", "c");
                    break;

                case RECEIVERS_EDGE_AT_RECEIVER:
                    mesh.sim().loseStream("c", "b");
                    break;

                default:
                    mesh.kill("b");
                    relay();
                    break;
            }
        }

        /** The same bytes as a message of their own: what a session that delivers twice would look like. */
        boolean sendAgain()
        {
            return new Pump(first, last, 1, MESSAGES).send(1) == 1;
        }

        void finish()
        {
            mesh.runUntil("all delivered", pump::pump);
            for (int step = 0; step < CALM_STEPS; step++)
            {
                mesh.sim().step();
                assertEquals(0, pump.receive(), "delivered beyond what was sent");
            }
            assertEquals(ChannelState.CONNECTED, first.state());
            assertEquals(ChannelState.CONNECTED, last.state());
        }

        @Override
        public void close()
        {
            mesh.close();
        }
    }
}
