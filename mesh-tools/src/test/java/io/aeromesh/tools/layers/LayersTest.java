package io.aeromesh.tools.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds all modules to {@link LayerRules}.
 */
class LayersTest
{
    /** Nothing depends on these. */
    private static final Set<String> UNUSED = Set.of("benchmarks", "stress", "fuzz");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final JavaClasses PRODUCT = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.aeromesh");

    static List<String> transports()
    {
        return LayerRules.TRANSPORTS;
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNameTransportsOnlyWhereTheyAreAssembled(final String transport)
    {
        LayerRules.onlyAssemblyNames(transport).check(PRODUCT);
    }

    @Test
    void shouldKeepCoreToAgrona()
    {
        LayerRules.CORE_NEEDS_AGRONA_ALONE.check(PRODUCT);
    }

    @Test
    void shouldKeepCoreFreeOfCycles()
    {
        LayerRules.CORE_HAS_NO_CYCLES.check(PRODUCT);
    }

    @Test
    void shouldReachTheMachineOnlyThroughOs()
    {
        LayerRules.CLOCKS_IN_OS.check(PRODUCT);
        LayerRules.THREADS_IN_OS.check(PRODUCT);
        LayerRules.RANDOM_IN_OS.check(PRODUCT);
    }

    @Test
    void shouldSeedEveryRandomNumberOfTheTestkit()
    {
        LayerRules.TESTKIT_IS_SEEDED.check(PRODUCT);
    }

    @Test
    void shouldNotSleep()
    {
        LayerRules.NOBODY_SLEEPS.check(PRODUCT);
    }

    /**
     * A module that these tests do not see, or whose packages they take for another's, would be held to nothing.
     */
    @Test
    void shouldSeeEveryModuleInItsOwnPackages() throws IOException
    {
        final Map<String, DescribedPredicate<JavaClass>> packages = new TreeMap<>(Map.of(
            "mesh-core", LayerRules.CORE,
            "mesh-testkit", LayerRules.TESTKIT,
            "mesh-shm", LayerRules.TRANSPORT,
            "mesh-aeron", LayerRules.TRANSPORT,
            "mesh-web", LayerRules.TRANSPORT,
            "mesh-service", LayerRules.UPPER,
            "mesh-peers", LayerRules.UPPER,
            "mesh-sync", LayerRules.UPPER,
            "mesh-tools", LayerRules.ASSEMBLY));
        final Matcher matcher = MODULE.matcher(Files.readString(Path.of("..", "pom.xml")));
        while (matcher.find())
        {
            final String module = matcher.group(1);
            if (!UNUSED.contains(module))
            {
                final List<JavaClass> found = PRODUCT.stream().filter(javaClass -> isFrom(javaClass, module)).toList();
                assertFalse(found.isEmpty(), () -> "add a dependency on " + module + " to mesh-tools/pom.xml");
                assertEquals(
                    List.of(),
                    found.stream().filter(javaClass -> !packages.get(module).test(javaClass)).toList(),
                    () -> "classes of " + module + " outside its packages");
            }
        }
    }

    /**
     * A packaged module is also found beside the executable jar of another that names it, in {@code lib}.
     */
    private static boolean isFrom(final JavaClass javaClass, final String module)
    {
        final String source = javaClass.getSource().orElseThrow().getUri().toString();
        return source.contains("/lib/") ? source.contains("/lib/" + module + "-") :
            source.contains("/" + module + "/");
    }
}
