package io.aeromesh.tools.layers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.aeromesh.aeron.planted.AeronNamesShm;
import io.aeromesh.planted.CoreNamesJUnit;
import io.aeromesh.planted.CoreNamesShm;
import io.aeromesh.planted.Machine;
import io.aeromesh.planted.left.Left;
import io.aeromesh.planted.right.Right;
import io.aeromesh.shm.planted.ShmEdge;
import io.aeromesh.sim.planted.Unseeded;
import io.aeromesh.tools.planted.Assembled;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that each rule can fail, on violations planted for it.
 */
class LayerRulesCanaryTest
{
    private static final String SHM = "io.aeromesh.shm..";

    static Stream<Arguments> planted()
    {
        return Stream.of(
            arguments(LayerRules.onlyAssemblyNames(SHM), classes(CoreNamesShm.class, ShmEdge.class)),
            arguments(LayerRules.onlyAssemblyNames(SHM), classes(AeronNamesShm.class, ShmEdge.class)),
            arguments(LayerRules.CORE_NEEDS_AGRONA_ALONE, classes(CoreNamesJUnit.class)),
            arguments(LayerRules.CORE_NEEDS_AGRONA_ALONE, classes(CoreNamesShm.class, ShmEdge.class)),
            arguments(LayerRules.CORE_HAS_NO_CYCLES, classes(Left.class, Right.class)),
            arguments(LayerRules.CLOCKS_IN_OS, classes(Machine.NanoTime.class)),
            arguments(LayerRules.CLOCKS_IN_OS, classes(Machine.ClockByReference.class)),
            arguments(LayerRules.CLOCKS_IN_OS, classes(Machine.AgronaClock.class)),
            arguments(LayerRules.CLOCKS_IN_OS, classes(Machine.InstantNow.class)),
            arguments(LayerRules.THREADS_IN_OS, classes(Machine.NewThread.class)),
            arguments(LayerRules.THREADS_IN_OS, classes(Machine.Pool.class)),
            arguments(LayerRules.THREADS_IN_OS, classes(Machine.Runner.class)),
            arguments(LayerRules.RANDOM_IN_OS, classes(Machine.Seeded.class)),
            arguments(LayerRules.RANDOM_IN_OS, classes(Machine.RandomId.class)),
            arguments(LayerRules.RANDOM_IN_OS, classes(Machine.MathRandom.class)),
            arguments(LayerRules.TESTKIT_IS_SEEDED, classes(Unseeded.class)),
            arguments(LayerRules.NOBODY_SLEEPS, classes(Machine.Sleep.class)));
    }

    static Stream<ArchRule> rules()
    {
        return Stream.of(
            LayerRules.onlyAssemblyNames(SHM), LayerRules.CLOCKS_IN_OS, LayerRules.THREADS_IN_OS,
            LayerRules.RANDOM_IN_OS, LayerRules.NOBODY_SLEEPS);
    }

    @ParameterizedTest
    @MethodSource("planted")
    void shouldFindPlantedViolation(final ArchRule rule, final Class<?>[] classes)
    {
        final EvaluationResult result = evaluate(rule, classes);
        assertTrue(result.hasViolation(), rule::getDescription);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldLetToolsDoWhatOthersMayNot(final ArchRule rule)
    {
        final EvaluationResult result = evaluate(rule, Assembled.class, ShmEdge.class);
        assertFalse(result.hasViolation(), () -> result.getFailureReport().toString());
    }

    @Test
    void shouldLetTheSimulatorUseASeed()
    {
        final EvaluationResult result = evaluate(LayerRules.RANDOM_IN_OS, Unseeded.class);
        assertFalse(result.hasViolation(), () -> result.getFailureReport().toString());
    }

    private static Class<?>[] classes(final Class<?>... classes)
    {
        return classes;
    }

    private static EvaluationResult evaluate(final ArchRule rule, final Class<?>... classes)
    {
        return rule.allowEmptyShould(true).evaluate(new ClassFileImporter().importClasses(classes));
    }
}
