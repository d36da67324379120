package dev.andon.testing;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which broker the integration tests run against. */
enum BrokerKind {
    EMBEDDED,
    TESTCONTAINERS;

    static final String PROPERTY = "andon.test.broker";

    static BrokerKind parse(@Nullable String name) {
        if (name == null || name.isBlank()) return EMBEDDED;
        return Arrays.stream(values())
                .filter(kind -> kind.lowerCase().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "-D%s=%s is not a kind of broker: use one of %s".formatted(PROPERTY, name, names())));
    }

    private static String names() {
        return Arrays.stream(values()).map(BrokerKind::lowerCase).collect(Collectors.joining(", "));
    }

    private String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
