package dev.andon.connect.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Test;

/** A rule that cannot fail holds nothing: each of them is shown a class that breaks it. */
final class ConnectorRulesTest {
    private static final String ROOT = "dev.andon.connect.architecture.broken";

    private final JavaClasses broken = new ClassFileImporter().importPackages(ROOT);
    private final ConnectorRules rules = new ConnectorRules(ROOT);

    @Test
    void noticesAConnectorThatNeedsTheDetector() {
        assertThat(violations(rules.meetTheDetectorOnlyInTopics()))
                .contains("KnowsTheDetector")
                .contains("as a record of dev.andon.schema");
    }

    @Test
    void noticesASystemThatNeedsAnotherSystem() {
        assertThat(violations(rules.knowNoOtherSystem()))
                .contains("KnowsAnotherSystem")
                .contains("to common");
    }

    @Test
    void noticesThatTheSystemIsAskedForTheTime() {
        assertThat(violations(rules.timeIsInjected())).contains("Pager.page()").contains("take a java.time.Clock");
    }

    private String violations(ArchRule rule) {
        EvaluationResult result = rule.evaluate(broken);
        assertThat(result.hasViolation()).isTrue();
        return result.getFailureReport().toString();
    }
}
