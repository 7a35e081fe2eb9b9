package io.aeromesh.tools.layers;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/**
 * What may know what. Core is what belongs to no other module, so that a new package is core until it is named here.
 * A rule may find nothing to check: modules come one by one.
 */
final class LayerRules
{
    static final List<String> TRANSPORTS = List.of("io.aeromesh.shm..", "io.aeromesh.aeron..", "io.aeromesh.web..");

    private static final String ROOT = "io.aeromesh";

    static final DescribedPredicate<JavaClass> TRANSPORT = resideInAnyPackage(TRANSPORTS.toArray(new String[0]));
    static final DescribedPredicate<JavaClass> UPPER =
        resideInAnyPackage("io.aeromesh.service..", "io.aeromesh.peers..", "io.aeromesh.sync..");
    static final DescribedPredicate<JavaClass> TESTKIT =
        resideInAnyPackage("io.aeromesh.contract..", "io.aeromesh.fake..", "io.aeromesh.sim..");
    static final DescribedPredicate<JavaClass> ASSEMBLY =
        resideInAnyPackage("io.aeromesh.tools..", "io.aeromesh.bench..");
    static final DescribedPredicate<JavaClass> CORE = resideInAnyPackage("io.aeromesh..")
        .and(not(TRANSPORT)).and(not(UPPER)).and(not(TESTKIT)).and(not(ASSEMBLY)).as("are core");

    private static final DescribedPredicate<JavaClass> OS = resideInAnyPackage("io.aeromesh.os..");

    /** Contracts run real transports in real time; the simulator does not. */
    private static final DescribedPredicate<JavaClass> REAL_TIME = OS.or(ASSEMBLY)
        .or(resideInAnyPackage("io.aeromesh.contract..", "io.aeromesh.fake..")).as("run in real time");

    static final ArchRule CORE_NEEDS_AGRONA_ALONE = classes().that(CORE)
        .should().onlyDependOnClassesThat(CORE.or(resideInAnyPackage("java..", "org.agrona..")))
        .because("whoever uses the mesh gets Agrona with it and nothing more");

    /** The root package is left out: it is the door to the others and the words that they share. */
    static final ArchRule CORE_HAS_NO_CYCLES = slices().assignedFrom(new CorePackages())
        .should().beFreeOfCycles()
        .allowEmptyShould(true)
        .because("packages that need each other are one package");

    static final ArchRule CLOCKS_IN_OS = noClasses().that(not(REAL_TIME))
        .should().accessTargetWhere(MachineAccess.READS_A_CLOCK)
        .because("the simulator owns time");

    static final ArchRule THREADS_IN_OS = noClasses().that(not(REAL_TIME))
        .should().accessTargetWhere(MachineAccess.MAKES_A_THREAD)
        .because("the simulator steps every agent itself");

    static final ArchRule RANDOM_IN_OS = noClasses().that(not(OS.or(ASSEMBLY).or(TESTKIT)))
        .should().accessTargetWhere(MachineAccess.DRAWS_RANDOM)
        .because("one seed gives one run");

    static final ArchRule TESTKIT_IS_SEEDED = noClasses().that(TESTKIT)
        .should().accessTargetWhere(MachineAccess.DRAWS_UNSEEDED)
        .allowEmptyShould(true)
        .because("a failure that can not be replayed can not be mended");

    static final ArchRule NOBODY_SLEEPS = noClasses().that(not(ASSEMBLY))
        .should().accessTargetWhere(MachineAccess.SLEEPS)
        .because("agents idle by strategy, and tests wait for events");

    private LayerRules()
    {
    }

    /**
     * A transport is named by nobody but itself and those who assemble: not by core, nor by another transport.
     */
    static ArchRule onlyAssemblyNames(final String transport)
    {
        final DescribedPredicate<JavaClass> self = resideInAnyPackage(transport);
        return noClasses().that(not(self.or(ASSEMBLY)))
            .should().dependOnClassesThat(self)
            .because("transports are found by their scheme and can be left out");
    }

    /**
     * Stands for all packages of core but the root.
     */
    private static final class CorePackages implements SliceAssignment
    {
        private final DescribedPredicate<JavaClass> sliced =
            CORE.and(not(describe("are in the root package", javaClass -> ROOT.equals(javaClass.getPackageName()))));

        @Override
        public SliceIdentifier getIdentifierOf(final JavaClass javaClass)
        {
            return sliced.test(javaClass) ? SliceIdentifier.of(javaClass.getPackageName()) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription()
        {
            return "packages of core";
        }
    }
}
