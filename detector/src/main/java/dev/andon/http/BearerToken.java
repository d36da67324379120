package dev.andon.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The secret of those who may post. Never printed; compared in constant time, whatever the length of what was sent. */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";
    private static final int SHORTEST = 16;

    private final byte[] digest;

    private BearerToken(byte[] digest) {
        this.digest = digest;
    }

    /** @param secret at least 16 characters, so that it cannot be guessed */
    public static BearerToken of(String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("http.token must have at least " + SHORTEST + " characters but has "
                    + secret.length() + "; take e.g. the output of: openssl rand -hex 24");
        }
        return new BearerToken(sha256(secret));
    }

    /** @param authorization the header of that name */
    boolean allows(Optional<String> authorization) {
        String given = authorization
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).trim())
                .orElse("");
        return MessageDigest.isEqual(digest, sha256(given));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "BearerToken[hidden]";
    }
}
