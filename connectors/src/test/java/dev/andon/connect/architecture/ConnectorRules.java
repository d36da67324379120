package dev.andon.connect.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/**
 * The rules for the connectors below {@code root}. The root is a parameter so that a test can show, with classes that
 * break them, that the rules are able to fail.
 */
public final class ConnectorRules {
    private final String root;

    ConnectorRules(String root) {
        this.root = root;
    }

    ArchRule meetTheDetectorOnlyInTopics() {
        DescribedPredicate<JavaClass> detector = resideInAPackage("dev.andon..")
                .and(DescribedPredicate.not(resideInAnyPackage("dev.andon.schema..", root + "..")))
                .as("belong to the detector");
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat(detector)
                .because(
                        "a user's Connect cluster has no detector on its class path (docs/decisions/0004): read what you need"
                                + " from a topic, as a record of dev.andon.schema");
    }

    ArchRule knowNoOtherSystem() {
        return slices().matching(root + ".(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        alwaysTrue(),
                        resideInAnyPackage(
                                root + ".common..",
                                root + ".exposition..",
                                root + ".totals..",
                                root + ".intake..",
                                root + ".outlet.."))
                .because(
                        "each system's package must be readable, and removable, on its own: move what two of them need to"
                                + " common");
    }

    ArchRule timeIsInjected() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .because(
                        "a test must be able to set the time, and a task must be able to stop: take a java.time.Clock, and"
                                + " leave waiting to the framework (context.timeout, or null from poll)");
    }
}
