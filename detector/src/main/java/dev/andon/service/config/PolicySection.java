package dev.andon.service.config;

import dev.andon.decide.Policy;
import dev.andon.domain.Mode;
import dev.andon.service.config.Reading.Text;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads {@code policy}: rules for some rollouts, freezes, and how much DNS caches matter. */
final class PolicySection {
    private PolicySection() {}

    /** @param mode of whatever no rule speaks of */
    static Policy read(Section section, Mode mode) {
        Values values = new Values(section);
        Policy base = Policy.DEFAULT;
        Policy policy = new Policy(
                mode,
                section.sections("rules").stream().map(PolicySection::rule).toList(),
                freezes(section),
                values.choice("dns-hold", base.dnsHold()),
                values.duration("unknown-dns-cache", base.unknownDnsCache(), Duration.ZERO, Duration.ofDays(7)));
        section.finish();
        return policy;
    }

    private static Policy.Rule rule(Section section) {
        Values values = new Values(section);
        Policy.Rule rule = new Policy.Rule(
                section.text("environment").map(Text::value),
                section.text("namespace").map(Text::value),
                section.text("kind").map(Text::value),
                values.optionalChoice("mode", Mode.OBSERVE),
                probability(values, "halt-probability", 0.5, 1),
                probability(values, "hold-probability", 0, 1));
        section.finish();
        return rule;
    }

    private static OptionalDouble probability(Values values, String key, double above, double below) {
        return values.optionalNumber(key, 0.9, above, below)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    private static List<Policy.Freeze> freezes(Section section) {
        List<Policy.Freeze> freezes = new ArrayList<>();
        for (Section one : section.sections("freezes")) {
            one.requireKey("name", "signals name the freeze", "write for example name: black-friday");
            one.requireKey("from", "it says when the freeze begins", "write for example from: 2026-11-27T00:00:00Z");
            one.requireKey("to", "it says when the freeze ends", "write for example to: 2026-11-30T00:00:00Z");
            String name = new Values(one).text("name", "freeze");
            List<String> environments =
                    one.texts("environments").stream().map(Text::value).toList();
            Optional<Instant> from = instant(one, "from");
            Optional<Instant> to = instant(one, "to");
            one.finish();
            if (from.isEmpty() || to.isEmpty()) continue;
            if (from.get().isBefore(to.get())) {
                freezes.add(new Policy.Freeze(name, environments, from.get(), to.get()));
            } else {
                one.reading()
                        .report(
                                one.path("to"),
                                ConfigProblem.quoted(to.get().toString()),
                                "must be later than from, which is " + from.get(),
                                "write a later time");
            }
        }
        return freezes;
    }

    private static Optional<Instant> instant(Section section, String key) {
        return section.text(key).flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text.value().strip()));
            } catch (DateTimeException e) {
                section.reading()
                        .report(
                                text.place(),
                                text.path(),
                                ConfigProblem.quoted(text.raw()),
                                "must be an instant in UTC",
                                "write for example 2026-11-27T00:00:00Z");
                return Optional.empty();
            }
        });
    }
}
