package dev.andon.service.config;

import java.util.Base64;
import java.util.Optional;

/** The form of webhook secrets after the Standard Webhooks specification. Says what is wrong without showing any of it. */
final class SigningSecretForm {
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST_BYTES = 24;
    private static final int LONGEST_BYTES = 64;

    private SigningSecretForm() {}

    /**
     * Checks one secret or several.
     *
     * @param secrets separated by blanks or commas
     * @return what is wrong with the first bad one; empty when all are good
     */
    static Optional<String> wrong(String secrets) {
        String[] each = secrets.strip().split("[\\s,]+", -1);
        for (int i = 0; i < each.length; i++) {
            Optional<String> wrong = wrongWithOne(each[i]);
            if (wrong.isPresent()) return wrong.map((each.length == 1 ? "" : "secret " + (i + 1) + " ")::concat);
        }
        return Optional.empty();
    }

    private static Optional<String> wrongWithOne(String secret) {
        if (!secret.startsWith(PREFIX)) return Optional.of("does not begin with " + PREFIX);
        int bytes;
        try {
            bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length())).length;
        } catch (IllegalArgumentException quotesTheSecret) {
            return Optional.of("is not base64 after " + PREFIX);
        }
        return bytes < SHORTEST_BYTES || bytes > LONGEST_BYTES
                ? Optional.of("holds " + bytes + " bytes")
                : Optional.empty();
    }
}
