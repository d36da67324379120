package dev.andon.service.config;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${env:NAME}} and {@code ${file:/path}} in values, so that a secret need not stand in the file. What is
 * put in is not looked at again.
 *
 * @param environment value of an environment variable
 */
record Substitution(Function<String, Optional<String>> environment) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-zA-Z]+):([^}]*)}");

    /**
     * A value with its references replaced.
     *
     * @param secret whether something was put in, which must then not be shown
     */
    record Resolved(String text, boolean secret) {}

    /** A reference that leads nowhere; says what is wrong and what to do. */
    static final class Unresolved extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String fix;

        Unresolved(String problem, String fix) {
            super(problem);
            this.fix = fix;
        }

        String fix() {
            return fix;
        }
    }

    Resolved resolve(String raw) throws Unresolved {
        Matcher matcher = REFERENCE.matcher(raw);
        StringBuilder out = new StringBuilder();
        boolean found = false;
        while (matcher.find()) {
            found = true;
            matcher.appendReplacement(out, Matcher.quoteReplacement(value(matcher.group(1), matcher.group(2))));
        }
        matcher.appendTail(out);
        return new Resolved(out.toString(), found);
    }

    private String value(String source, String name) throws Unresolved {
        return switch (source) {
            case "env" -> fromEnvironment(name);
            case "file" -> fromFile(name);
            default ->
                throw new Unresolved("values cannot be taken from " + source, "use ${env:NAME} or ${file:/path}");
        };
    }

    private String fromEnvironment(String name) throws Unresolved {
        return environment
                .apply(name)
                .orElseThrow(() -> new Unresolved(
                        "the environment variable " + name + " is not set", "set it before Andon is started"));
    }

    private static String fromFile(String name) throws Unresolved {
        try {
            return Files.readString(Path.of(name)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new Unresolved(
                    "the file " + name + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    "check the path, that it is text, and that this user may read it");
        }
    }
}
