package dev.andon.connect.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The bearer token, as it is or in a file that is read for every request because such files are renewed. Never shown. */
public final class BearerToken {
    /** What a header takes; anything else would be refused with all of it in the message. */
    static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final String value;
    private final Optional<Path> file;

    /**
     * @param value empty for none
     * @param file takes the place of the value
     */
    public BearerToken(String value, Optional<Path> file) {
        this.value = value;
        this.file = file;
    }

    /** Empty when there is none, or the file holds none: then the receiver says 401, and that is loud. */
    public Optional<String> value() {
        if (file.isEmpty()) {
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }
        try {
            return Optional.of(Files.readString(file.get()).strip()).filter(TOKEN.asMatchPredicate());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "BearerToken[hidden]";
    }
}
