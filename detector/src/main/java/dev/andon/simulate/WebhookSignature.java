package dev.andon.simulate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks webhooks as a receiver shall by version 1.0.0 of the Standard Webhooks specification: HMAC-SHA256 over
 * {@code id.timestamp.body}, and a timestamp that is not older than five minutes.
 */
final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final SecretKeySpec key;

    /** @param secret {@code whsec_} and then base64; never shown in a message */
    WebhookSignature(String secret) {
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException("the webhook secret must begin with " + PREFIX);
        }
        this.key = new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), ALGORITHM);
    }

    /** What a check found. */
    enum Verdict {
        GENUINE,
        /** A header is missing or not readable. */
        MALFORMED,
        /** Too old or from the future: perhaps replayed by somebody who listened. */
        STALE,
        /** No signature fits. */
        FORGED
    }

    /**
     * @param timestamp seconds since 1970 as text
     * @param signatures separated by spaces, each {@code v1,} and then base64; other versions are passed over
     */
    Verdict check(String id, String timestamp, String signatures, byte[] body, Instant now) {
        if (id.isEmpty() || !timestamp.matches("\\d{1,12}")) return Verdict.MALFORMED;
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(sent, now).abs().compareTo(TOLERANCE) > 0) return Verdict.STALE;
        byte[] expected = ("v1," + sign(id, timestamp, body)).getBytes(StandardCharsets.UTF_8);
        for (String signature : signatures.split(" ", -1)) {
            if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) return Verdict.GENUINE;
        }
        return Verdict.FORGED;
    }

    String sign(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks " + ALGORITHM + ", which every one must have", e);
        }
    }
}
