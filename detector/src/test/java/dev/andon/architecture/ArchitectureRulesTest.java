package dev.andon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Test;

/** A rule that cannot fail holds nothing: each of them is shown a class that breaks it. */
final class ArchitectureRulesTest {
    private static final String ROOT = "dev.andon.architecture.broken";

    private final JavaClasses broken = new ClassFileImporter().importPackages(ROOT);
    private final ArchitectureRules rules = new ArchitectureRules(ROOT);

    @Test
    void noticesADependencyThatPointsUpward() {
        assertThat(violations(rules.layers()))
                .contains("KnowsTheTopology")
                .contains("move the class down to what it needs");
    }

    @Test
    void noticesAPackageThatHasNoPlaceInTheOrder() {
        assertThat(violations(rules.everyPackageHasItsPlace()))
                .contains("Wizard")
                .contains("needs a place in the order");
    }

    @Test
    void noticesKafkaBelowTheCodec() {
        assertThat(violations(rules.decisionsArePure())).contains("KnowsKafka").contains("replayable from a file");
    }

    @Test
    void noticesADecisionThatDiffersBetweenRuns() {
        assertThat(violations(rules.decisionsAreDeterministic()))
                .contains("Gambles")
                .contains("seeded generator");
    }

    @Test
    void noticesCommonsMathOutsideStats() {
        assertThat(violations(rules.mathsStaysInStats()))
                .contains("UsesMathsItself")
                .contains("call what stats offers");
    }

    @Test
    void noticesASchemaOutsideTheCodec() {
        assertThat(violations(rules.schemasStopAtTheCodec())).contains("Wizard").contains("values of domain");
    }

    @Test
    void noticesThatTheSystemIsAskedForTheTime() {
        assertThat(violations(rules.timeIsInjected())).contains("startOfNow").contains("take a java.time.Clock");
    }

    @Test
    void noticesAClockThatIsMadeInTheMiddle() {
        assertThat(violations(rules.clocksAreMadeAtTheTop()))
                .contains("start()")
                .contains("cli makes the real one");
    }

    private String violations(ArchRule rule) {
        EvaluationResult result = rule.evaluate(broken);
        assertThat(result.hasViolation()).isTrue();
        return result.getFailureReport().toString();
    }
}
