package io.aeromesh.internal.routing;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.internal.routing.SmallWorld.Grain;
import io.aeromesh.internal.routing.SmallWorldTier.Scope;
import io.aeromesh.protocol.codec.RouteUpdateDecoder;
import io.aeromesh.protocol.codec.SequenceRequestDecoder;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Plants bugs and sees the search of small worlds find them, each by the check that it is for.
 */
@Tag("slow")
class SmallWorldsCanaryTest
{
    private static final int STATES_MAX = 5000;
    private static final int PATH_EPOCH_OFFSET = 8 + 8 + 4 + 8 + 16 + 12;
    private static final int SEQUENCE_OFFSET = 8 + 4 + 8 + 8;
    private static final int METRIC_OFFSET = PATH_EPOCH_OFFSET + 8;

    @Test
    void shouldFindEqualMetricTakenForFeasible()
    {
        assertFound("loop to", new RuleFault(BrokenRules.equalMetricFeasible()));
    }

    @Test
    void shouldFindRoutesFollowedWithoutFeasibility()
    {
        assertFound("loop to", new RuleFault(BrokenRules.allFeasible()));
    }

    @Test
    void shouldFindDistanceNotLoweredWhenAdvertised()
    {
        assertFound("loop to", new RuleFault(BrokenRules.distanceNotLowered()));
    }

    @Test
    void shouldFindDistanceRaisedToTheLatestMetric()
    {
        assertFound("feasibility distance to", new RuleFault(BrokenRules.distanceRaised()));
    }

    @Test
    void shouldFindDistanceForgottenBeforeTheRetractionIsAcknowledged()
    {
        assertFound("loop to", new RuleFault(BrokenRules.distanceForgottenEarly())
        {
            @Override
            int rememberedDistances()
            {
                return 0;
            }
        });
    }

    @Test
    void shouldFindRouteKeptOverAnEdgeThatIsDown()
    {
        assertFound("the shortest", new WorldFault()
        {
            @Override
            boolean tellsOfDown()
            {
                return false;
            }
        });
    }

    @Test
    void shouldFindSequenceRequestThatIsNotSent()
    {
        assertFound("no route", new WorldFault()
        {
            @Override
            byte[] alter(final byte[] packet)
            {
                return packet[2] == SequenceRequestDecoder.TEMPLATE_ID ? null : packet;
            }
        });
    }

    @Test
    void shouldFindMetricLoweredOnItsWay()
    {
        assertFound("not the shortest", new UpdateFault()
        {
            @Override
            void alter(final UnsafeBuffer update)
            {
                final int metric = update.getInt(METRIC_OFFSET, LITTLE_ENDIAN);
                update.putInt(METRIC_OFFSET, metric == 2 ? 1 : metric, LITTLE_ENDIAN);
            }
        });
    }

    @Test
    void shouldFindRetractionThatGetsLost()
    {
        assertFound("not forgotten", new WorldFault()
        {
            @Override
            byte[] alter(final byte[] packet)
            {
                final boolean isRetraction = packet[2] == RouteUpdateDecoder.TEMPLATE_ID &&
                    new UnsafeBuffer(packet).getInt(METRIC_OFFSET, LITTLE_ENDIAN) == (int)Metrics.WIRE_RETRACTED;
                return isRetraction ? null : packet;
            }
        });
    }

    @Test
    void shouldFindLossThatIsNotCounted()
    {
        assertFound("no event told of it", new WorldFault()
        {
            @Override
            void beforeFlush(final RoutingTable table)
            {
                table.routes().forEach(each -> each.losses = 0);
            }
        });
    }

    @Test
    void shouldFindPathEpochThatIsNotPassedOn()
    {
        assertFound("path epoch", new UpdateFault()
        {
            @Override
            void alter(final UnsafeBuffer update)
            {
                update.putLong(PATH_EPOCH_OFFSET, 7, LITTLE_ENDIAN);
            }
        });
    }

    @Test
    void shouldFindTwoMessagesForOneState()
    {
        assertFound("one state, two behaviours", new WorldFault()
        {
            private int count;

            @Override
            byte[] alter(final byte[] packet)
            {
                if (packet[2] == SequenceRequestDecoder.TEMPLATE_ID)
                {
                    new UnsafeBuffer(packet).putInt(SEQUENCE_OFFSET, 1 + (++count & 1), LITTLE_ENDIAN);
                }
                return packet;
            }
        });
    }

    /** Looks through worlds, the smallest first, until one fails in the way that is expected. */
    private static void assertFound(final String expected, final WorldFault fault)
    {
        final List<SmallWorldTier> tiers = List.of(
            new SmallWorldTier(Scope.EACH, 3, 1, Grain.PACKET, 1, STATES_MAX),
            new SmallWorldTier(Scope.EACH, 4, 1, Grain.PACKET, 1, STATES_MAX),
            new SmallWorldTier(Scope.EACH, 3, 2, Grain.PACKET, 1, STATES_MAX));
        final String told = tiers.stream()
            .map(tier -> tier.firstFailure(fault, failure -> failure.contains(expected)))
            .filter(Objects::nonNull).findFirst().orElse("");
        System.out.println("planted, and found:\n" + told);
        assertTrue(told.contains("=>"), "not found: " + expected);
    }

    private static class RuleFault extends WorldFault
    {
        private final FeasibilityRule rule;

        RuleFault(final FeasibilityRule rule)
        {
            this.rule = rule;
        }

        @Override
        FeasibilityRule rule()
        {
            return rule;
        }
    }

    private abstract static class UpdateFault extends WorldFault
    {
        @Override
        byte[] alter(final byte[] packet)
        {
            if (packet[2] == RouteUpdateDecoder.TEMPLATE_ID)
            {
                alter(new UnsafeBuffer(packet));
            }
            return packet;
        }

        abstract void alter(UnsafeBuffer update);
    }
}
