package dev.andon;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.andon.architecture.ArchitectureRules;

/** Holds the detector to the order of its packages. The message of each rule says what to do instead. */
@AnalyzeClasses(packages = "dev.andon", importOptions = ArchitectureTest.OnlyTheDetector.class)
final class ArchitectureTest {
    private static final ArchitectureRules RULES = new ArchitectureRules("dev.andon");

    @ArchTest
    static final ArchRule LAYERS = RULES.layers();

    @ArchTest
    static final ArchRule EVERY_PACKAGE_HAS_ITS_PLACE = RULES.everyPackageHasItsPlace();

    @ArchTest
    static final ArchRule DECISIONS_ARE_PURE = RULES.decisionsArePure();

    @ArchTest
    static final ArchRule DECISIONS_ARE_DETERMINISTIC = RULES.decisionsAreDeterministic();

    @ArchTest
    static final ArchRule MATHS_STAYS_IN_STATS = RULES.mathsStaysInStats();

    @ArchTest
    static final ArchRule SCHEMAS_STOP_AT_THE_CODEC = RULES.schemasStopAtTheCodec();

    @ArchTest
    static final ArchRule TIME_IS_INJECTED = RULES.timeIsInjected();

    @ArchTest
    static final ArchRule CLOCKS_ARE_MADE_AT_THE_TOP = RULES.clocksAreMadeAtTheTop();

    @ArchTest
    static final ArchRule CONNECTORS_ARE_A_PLUGIN = RULES.connectorsAreAPlugin();

    /** Leaves out the other modules and the tests, whose packages begin with dev.andon too. */
    static final class OnlyTheDetector implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains("/detector/target/classes/");
        }
    }
}
