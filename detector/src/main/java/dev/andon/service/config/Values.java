package dev.andon.service.config;

import dev.andon.service.config.Reading.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads typed values out of a {@link Section}: says what was wanted when something else stands there. */
final class Values {
    private final Section section;

    Values(Section section) {
        this.section = section;
    }

    String text(String key, String fallback) {
        return section.text(key).map(Text::value).orElse(fallback);
    }

    /** Returns a value that must match; {@code wanted} describes the pattern in words. */
    Optional<String> text(String key, Pattern pattern, String wanted, String example) {
        return section.text(key).flatMap(text -> {
            if (pattern.matcher(text.value()).matches()) {
                return Optional.of(text.value());
            }
            wrong(text, "must be " + wanted, example);
            return Optional.empty();
        });
    }

    int whole(String key, int fallback, int least, int most) {
        return optionalWhole(key, least, most, fallback).orElse(fallback);
    }

    Optional<Integer> optionalWhole(String key, int least, int most, int example) {
        return section.text(key).flatMap(text -> {
            try {
                int value = Integer.parseInt(text.value().strip());
                if (value >= least && value <= most) {
                    return Optional.of(value);
                }
            } catch (NumberFormatException notANumber) {
                // Reported below, like a number out of range.
            }
            wrong(text, "must be a whole number from " + least + " to " + most, Integer.toString(example));
            return Optional.empty();
        });
    }

    /** Returns a number strictly between two others. */
    double number(String key, double fallback, double above, double below) {
        return optionalNumber(key, fallback, above, below).orElse(fallback);
    }

    /** Returns a number strictly between two others, when there is one. */
    Optional<Double> optionalNumber(String key, double example, double above, double below) {
        return section.text(key).flatMap(text -> {
            try {
                double number = Double.parseDouble(text.value().strip());
                if (number > above && number < below) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException notANumber) {
                // Reported below, like a number out of range.
            }
            wrong(text, "must be a number above " + plain(above) + " and below " + plain(below), plain(example));
            return Optional.empty();
        });
    }

    Duration duration(String key, Duration fallback, Duration least, Duration most) {
        return optionalDuration(key, fallback, least, most).orElse(fallback);
    }

    Optional<Duration> optionalDuration(String key, Duration example, Duration least, Duration most) {
        return section.text(key).flatMap(text -> {
            Optional<Duration> value = Durations.parse(text.value())
                    .filter(duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
            if (value.isEmpty()) {
                wrong(
                        text,
                        "must be a duration from " + Durations.text(least) + " to " + Durations.text(most)
                                + " with its unit (ms, s, m, h, d)",
                        Durations.text(example));
            }
            return value;
        });
    }

    <E extends Enum<E>> E choice(String key, E fallback) {
        return optionalChoice(key, fallback).orElse(fallback);
    }

    <E extends Enum<E>> Optional<E> optionalChoice(String key, E example) {
        return section.text(key).flatMap(text -> {
            List<E> all = List.of(example.getDeclaringClass().getEnumConstants());
            Optional<E> chosen = all.stream()
                    .filter(e -> lower(e).equals(text.value().strip()))
                    .findFirst();
            if (chosen.isEmpty()) {
                wrong(
                        text,
                        "must be one of " + all.stream().map(Values::lower).collect(Collectors.joining(", ")),
                        lower(example));
            }
            return chosen;
        });
    }

    boolean flag(String key, boolean fallback) {
        Optional<Boolean> value = section.text(key).flatMap(text -> {
            String stripped = text.value().strip();
            if (stripped.equals("true") || stripped.equals("false")) return Optional.of(stripped.equals("true"));
            wrong(text, "must be true or false", Boolean.toString(fallback));
            return Optional.empty();
        });
        return value.orElse(fallback);
    }

    /** Returns a secret of at least {@code shortest} characters. */
    Optional<Secret> secret(String key, int shortest) {
        return section.text(key).flatMap(text -> {
            if (text.value().length() >= shortest) {
                return Optional.of(new Secret(text.value()));
            }
            section.reading()
                    .report(
                            text.place(),
                            text.path(),
                            ConfigProblem.HIDDEN,
                            "has " + text.value().length() + " characters, at least " + shortest + " are needed",
                            "use a long random one, for example from openssl rand -hex 24");
            return Optional.empty();
        });
    }

    /** Secrets as receivers check them, separated by blanks or commas; the connector would refuse others much later. */
    Optional<Secret> signingSecrets(String key) {
        return section.text(key).flatMap(text -> {
            Optional<String> wrong = SigningSecretForm.wrong(text.value());
            if (wrong.isEmpty()) return Optional.of(new Secret(text.value()));
            section.reading()
                    .report(
                            text.place(),
                            text.path(),
                            ConfigProblem.HIDDEN,
                            wrong.get(),
                            "write whsec_ and then the base64 of 24 to 64 random bytes, for example from"
                                    + " echo whsec_$(openssl rand -base64 32)");
            return Optional.empty();
        });
    }

    Optional<URI> url(String key) {
        return section.text(key).flatMap(this::url);
    }

    List<URI> urls(String key) {
        return section.texts(key).stream()
                .map(this::url)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<URI> url(Text text) {
        try {
            URI url = new URI(text.value().strip());
            boolean web = Stream.of("http", "https").anyMatch(scheme -> scheme.equalsIgnoreCase(url.getScheme()));
            if (web && url.getHost() != null && url.getUserInfo() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException notAUrl) {
            // Reported below, like a URL of another kind.
        }
        // Not shown: a URL may hold a password or a token.
        section.reading()
                .report(
                        text.place(),
                        text.path(),
                        "",
                        "must be a URL with http or https and a host, without a password in it",
                        "write for example https://10.0.0.4:6443/metrics");
        return Optional.empty();
    }

    private void wrong(Text text, String wanted, String example) {
        section.reading()
                .report(
                        text.place(),
                        text.path(),
                        ConfigProblem.quoted(text.raw()),
                        wanted,
                        "write for example " + example);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
