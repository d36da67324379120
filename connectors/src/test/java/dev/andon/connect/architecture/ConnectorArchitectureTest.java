package dev.andon.connect.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the connectors to being a plugin. The message of each rule says what to do instead. */
@AnalyzeClasses(packages = "dev.andon.connect", importOptions = ImportOption.DoNotIncludeTests.class)
final class ConnectorArchitectureTest {
    private static final ConnectorRules RULES = new ConnectorRules("dev.andon.connect");

    @ArchTest
    static final ArchRule MEET_THE_DETECTOR_ONLY_IN_TOPICS = RULES.meetTheDetectorOnlyInTopics();

    @ArchTest
    static final ArchRule KNOW_NO_OTHER_SYSTEM = RULES.knowNoOtherSystem();

    @ArchTest
    static final ArchRule TIME_IS_INJECTED = RULES.timeIsInjected();
}
