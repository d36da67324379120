package dev.andon.decide;

import dev.andon.domain.Mode;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What people have laid down: who is only watched, who is judged more or less strictly, and when nothing may widen.
 *
 * @param mode of whatever no rule speaks of
 * @param rules the first one that applies and says something on a matter decides it
 * @param freezes times in which no rollout may widen
 * @param dnsHold when a rollout is held because DNS caches may hide what it does
 * @param unknownDnsCache lifetime that is assumed of DNS caches of a cluster whose own is not known
 */
public record Policy(Mode mode, List<Rule> rules, List<Freeze> freezes, DnsHold dnsHold, Duration unknownDnsCache) {
    /** CoreDNS serves an answer for at most this long after its end, unless told otherwise. */
    private static final Duration COREDNS_SERVES_STALE = Duration.ofHours(1);

    /** Everything is enforced, without exceptions. */
    public static final Policy DEFAULT =
            new Policy(Mode.ENFORCE, List.of(), List.of(), DnsHold.SUSPECT, COREDNS_SERVES_STALE);

    /** When a rollout is held because of DNS caches. */
    public enum DnsHold {
        NEVER,
        /** When answers are served stale, or look-ups past every cache fail, since the rollout came. */
        SUSPECT,
        /** After every cluster that it reaches, unless look-ups past every cache are clean. */
        ALWAYS
    }

    /**
     * What is different for some rollouts. Absent conditions are met by all, absent settings say nothing.
     *
     * @param environment of the cluster that is hurt
     * @param namespace of the workload
     * @param kind of the workload, e.g. {@code DaemonSet}
     * @param haltProbability in (0.5, 1]
     * @param holdProbability in (0, 1)
     */
    public record Rule(
            Optional<String> environment,
            Optional<String> namespace,
            Optional<String> kind,
            Optional<Mode> mode,
            OptionalDouble haltProbability,
            OptionalDouble holdProbability) {
        boolean applies(Optional<String> where, Workload workload) {
            return environment
                            .map(name -> where.filter(name::equals).isPresent())
                            .orElse(true)
                    && namespace.map(workload.namespace()::equals).orElse(true)
                    && kind.map(workload.kind()::equals).orElse(true);
        }
    }

    /**
     * A time in which no rollout may widen.
     *
     * @param environments where; empty for everywhere
     * @param from first instant
     * @param to first instant after it
     */
    public record Freeze(String name, List<String> environments, Instant from, Instant to) {
        public Freeze {
            environments = List.copyOf(environments);
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException(
                        "freeze " + name + " must begin before it ends but was " + from + " to " + to);
            }
        }

        boolean covers(Optional<String> where, Instant time) {
            boolean here = environments.isEmpty()
                    || where.filter(environments::contains).isPresent();
            return here && !time.isBefore(from) && time.isBefore(to);
        }
    }

    public Policy {
        rules = List.copyOf(rules);
        freezes = List.copyOf(freezes);
    }

    /** The same with another mode of whatever no rule speaks of. */
    public Policy withMode(Mode other) {
        return new Policy(other, rules, freezes, dnsHold, unknownDnsCache);
    }

    Mode mode(Optional<String> environment, Workload workload) {
        return rules.stream()
                .filter(rule -> rule.mode().isPresent() && rule.applies(environment, workload))
                .findFirst()
                .flatMap(Rule::mode)
                .orElse(mode);
    }

    /** @return the mode of what is said of a cluster and of no rollout */
    Mode mode(Optional<String> environment) {
        return rules.stream()
                .filter(rule -> rule.mode().isPresent()
                        && rule.namespace().isEmpty()
                        && rule.kind().isEmpty())
                .filter(rule -> rule.environment()
                        .map(name -> environment.filter(name::equals).isPresent())
                        .orElse(true))
                .findFirst()
                .flatMap(Rule::mode)
                .orElse(mode);
    }

    double haltProbability(Optional<String> environment, Workload workload, double otherwise) {
        return rules.stream()
                .filter(rule -> rule.haltProbability().isPresent() && rule.applies(environment, workload))
                .findFirst()
                .map(rule -> rule.haltProbability().getAsDouble())
                .orElse(otherwise);
    }

    double holdProbability(Optional<String> environment, Workload workload, double otherwise) {
        return rules.stream()
                .filter(rule -> rule.holdProbability().isPresent() && rule.applies(environment, workload))
                .findFirst()
                .map(rule -> rule.holdProbability().getAsDouble())
                .orElse(otherwise);
    }

    Optional<Freeze> freeze(Optional<String> environment, Instant time) {
        return freezes.stream()
                .filter(freeze -> freeze.covers(environment, time))
                .findFirst();
    }
}
