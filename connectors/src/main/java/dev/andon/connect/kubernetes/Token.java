package dev.andon.connect.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The bearer token, as it is or in a file that is read for every request because Kubernetes renews it. Never shown. */
final class Token {
    private final String value;
    private final Optional<Path> file;

    Token(String value, Optional<Path> file) {
        this.value = value;
        this.file = file;
    }

    /** Empty when there is none, or the file cannot be read: then the apiserver says 401, and that is loud. */
    Optional<String> value() {
        if (file.isEmpty()) {
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }
        try {
            return Optional.of(Files.readString(file.get()).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
