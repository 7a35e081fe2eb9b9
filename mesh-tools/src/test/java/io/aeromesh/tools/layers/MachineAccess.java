package io.aeromesh.tools.layers;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaConstructor.CONSTRUCTOR_NAME;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.properties.HasParameterTypes;
import java.util.Set;

/**
 * The doors through which a class reaches the machine. By name, as method references go through them as well as calls.
 */
final class MachineAccess
{
    static final DescribedPredicate<JavaAccess<?>> READS_A_CLOCK =
        describe("read a clock", access -> readsAClock(access.getTarget()));
    static final DescribedPredicate<JavaAccess<?>> MAKES_A_THREAD =
        describe("make a thread", access -> makesAThread(access.getTarget()));
    static final DescribedPredicate<JavaAccess<?>> DRAWS_RANDOM =
        describe("draw a random number", access -> drawsRandom(access.getTarget()));
    static final DescribedPredicate<JavaAccess<?>> DRAWS_UNSEEDED =
        describe("draw a random number without a seed", access -> drawsUnseeded(access.getTarget()));
    static final DescribedPredicate<JavaAccess<?>> SLEEPS =
        describe("sleep", access -> is(access.getTarget(), "java.lang.Thread", "sleep"));

    private static final Set<String> CLOCKS = Set.of(
        "org.agrona.concurrent.SystemNanoClock", "org.agrona.concurrent.SystemEpochClock",
        "org.agrona.concurrent.SystemEpochMicroClock", "org.agrona.concurrent.SystemEpochNanoClock",
        "org.agrona.concurrent.OffsetEpochNanoClock", "org.agrona.concurrent.HighResolutionClock");
    private static final Set<String> POOLS = Set.of(
        "java.util.concurrent.Executors", "java.util.concurrent.ForkJoinPool",
        "java.util.concurrent.ThreadPoolExecutor", "java.util.concurrent.ScheduledThreadPoolExecutor",
        "java.util.Timer", "org.agrona.concurrent.HighResolutionTimer");
    private static final Set<String> SEEDABLE = Set.of("java.util.Random", "java.util.SplittableRandom");
    private static final Set<String> UNSEEDED = Set.of(
        "java.security.SecureRandom", "java.util.concurrent.ThreadLocalRandom");

    private MachineAccess()
    {
    }

    private static boolean readsAClock(final AccessTarget target)
    {
        final String owner = target.getOwner().getName();
        return is(target, "java.lang.System", "nanoTime") ||
            is(target, "java.lang.System", "currentTimeMillis") ||
            CLOCKS.contains(owner) ||
            is(target, "java.util.Date", CONSTRUCTOR_NAME) && parameterCount(target) == 0 ||
            owner.startsWith("java.time.") && "now".equals(target.getName()) ||
            "java.time.Clock".equals(owner) && target.getName().startsWith("system");
    }

    private static boolean makesAThread(final AccessTarget target)
    {
        final String owner = target.getOwner().getName();
        return is(target, "java.lang.Thread", CONSTRUCTOR_NAME) ||
            POOLS.contains(owner) ||
            "java.util.concurrent.CompletableFuture".equals(owner) && target.getName().endsWith("Async") ||
            "parallelStream".equals(target.getName()) ||
            // with a factory of ours it is ours
            is(target, "org.agrona.concurrent.AgentRunner", "startOnThread") && parameterCount(target) == 1;
    }

    private static boolean drawsRandom(final AccessTarget target)
    {
        return drawsUnseeded(target) || SEEDABLE.contains(target.getOwner().getName());
    }

    private static boolean drawsUnseeded(final AccessTarget target)
    {
        final String owner = target.getOwner().getName();
        return UNSEEDED.contains(owner) ||
            owner.startsWith("java.util.random.") ||
            SEEDABLE.contains(owner) && is(target, owner, CONSTRUCTOR_NAME) &&
                parameterCount(target) == 0 ||
            is(target, "java.util.UUID", "randomUUID") ||
            is(target, "java.lang.Math", "random") ||
            is(target, "java.util.Collections", "shuffle") && parameterCount(target) == 1;
    }

    private static boolean is(final AccessTarget target, final String owner, final String name)
    {
        return owner.equals(target.getOwner().getName()) && name.equals(target.getName());
    }

    private static int parameterCount(final AccessTarget target)
    {
        return target instanceof HasParameterTypes code ? code.getRawParameterTypes().size() : -1;
    }
}
