package dev.andon.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The rules for the packages below {@code root}. The root is a parameter so that a test can show, with classes that break
 * them, that the rules are able to fail.
 */
public final class ArchitectureRules {
    /** From the top: a package may use those that stand below it, and not its neighbours. */
    private static final List<List<String>> ORDER = List.of(
            List.of("cli"),
            List.of("http", "simulate", "report"),
            List.of("service"),
            List.of("topology", "recording"),
            List.of("codec"),
            List.of("decide"),
            List.of("detect"),
            List.of("stats"),
            List.of("domain"));

    private static final List<String> PURE = List.of("decide", "detect", "stats", "domain");

    /** What pure code may use of the JDK: values, collections, arithmetic, hashes. Subpackages are not included. */
    private static final String[] PURE_JDK = {
        "java.lang", "java.lang.annotation", "java.lang.invoke", "java.lang.runtime", "java.math", "java.nio",
        "java.nio.charset", "java.security", "java.time", "java.time.format", "java.time.temporal", "java.util",
        "java.util.function", "java.util.regex", "java.util.stream"
    };

    private static final String[] PURE_LIBRARIES = {
        "org.jspecify.annotations", "com.google.errorprone.annotations", "org.apache.commons.math3.."
    };

    private final String root;

    /** @param root package that holds {@code domain}, {@code stats} and so on, without a dot at the end */
    public ArchitectureRules(String root) {
        this.root = root;
    }

    /** Dependencies point downward only, and every package has its place in the order. */
    public ArchRule layers() {
        var architecture = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(root + "..")
                .withOptionalLayers(true);
        for (String layer : all()) architecture = architecture.layer(layer).definedBy(in(layer));
        var above = new ArrayList<String>();
        for (List<String> neighbours : ORDER) {
            for (String layer : neighbours) {
                var access = architecture.whereLayer(layer);
                architecture = above.isEmpty()
                        ? access.mayNotBeAccessedByAnyLayer()
                        : access.mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
            }
            above.addAll(neighbours);
        }
        return architecture.because(
                "dependencies point downward only (" + ORDER + "): move the class down to what it needs, or"
                        + " hand the value in from above, as a parameter or through an interface of the lower package");
    }

    /** A package that no layer names would escape all rules. */
    public ArchRule everyPackageHasItsPlace() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .resideInAnyPackage(all().stream().map(this::in).toArray(String[]::new))
                .because(
                        "a new package needs a place in the order: put the class into one of these packages, or add the"
                                + " package to ArchitectureRules.ORDER and to CONTRIBUTING.md");
    }

    /** Below the codec there is no Kafka, Avro, HTTP, JSON, logging, thread or clock. */
    public ArchRule decisionsArePure() {
        return classes()
                .that()
                .resideInAnyPackage(pure())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowedInPure())
                .because("a decision must be replayable from a file, without a broker: take the value as a parameter of"
                        + " step(state, input), return what is to be done, and let codec, topology or service do it")
                .allowEmptyShould(true);
    }

    /** The same input gives the same output, byte for byte, on every run. */
    public ArchRule decisionsAreDeterministic() {
        return noClasses()
                .that()
                .resideInAnyPackage(pure())
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .because(
                        "the same recording must give the same signals on every run: take the time from the input, and a"
                                + " seeded generator or an id as a parameter")
                .allowEmptyShould(true);
    }

    /** commons-math3 has traps; the package that knows them is the only one that uses it. */
    public ArchRule mathsStaysInStats() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("stats"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons.math3..")
                .because(
                        "only stats knows the traps of commons-math3: call what stats offers, or add to it what is missing");
    }

    /** What travels in topics is turned into the domain's own values at once. */
    public ArchRule schemasStopAtTheCodec() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(in("codec"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.andon.schema..")
                .because("generated records change with the schemas: let codec turn them into values of domain");
    }

    /** Time is asked of a clock that was handed in, or waited for with something that can be woken up. */
    public ArchRule timeIsInjected() {
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
                        "a test or a replay must be able to set the time: take a java.time.Clock in the constructor and ask"
                                + " that; instead of sleeping wait on a latch, a queue or a scheduled executor, which can be woken"
                                + " to stop");
    }

    /** Only where the program is put together is it said which clock that is. */
    public ArchRule clocksAreMadeAtTheTop() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("cli"))
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .because(
                        "a clock that a class makes for itself cannot be set by a test: take it in the constructor; cli makes"
                                + " the real one");
    }

    /** Detector and connectors meet in topics. */
    public ArchRule connectorsAreAPlugin() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.andon.connect..")
                .because("the detector loads the connectors as a plugin, as a user's Connect cluster does"
                        + " (docs/decisions/0004): meet them in a topic and in schemas");
    }

    private String in(String layer) {
        return root + "." + layer + "..";
    }

    private static List<String> all() {
        return ORDER.stream().flatMap(List::stream).toList();
    }

    private String[] pure() {
        return PURE.stream().map(this::in).toArray(String[]::new);
    }

    private String[] allowedInPure() {
        return Stream.of(pure(), PURE_JDK, PURE_LIBRARIES).flatMap(Stream::of).toArray(String[]::new);
    }
}
