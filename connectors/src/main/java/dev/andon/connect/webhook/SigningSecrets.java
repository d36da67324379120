package dev.andon.connect.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as version 1.0.0 of the <a href="https://www.standardwebhooks.com">Standard Webhooks</a> specification
 * says: HMAC-SHA256 over {@code id.timestamp.body}, one signature per secret so that secrets can be changed while
 * signals flow.
 */
final class SigningSecrets {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_BYTES = 24;
    private static final int LONGEST_BYTES = 64;

    private final List<SecretKeySpec> keys;

    private SigningSecrets(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * Reads secrets of the form {@code whsec_<base64>}, separated by white space or commas.
     *
     * @throws IllegalArgumentException saying what is wrong with which secret, without showing it
     */
    static SigningSecrets parse(String secrets) {
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String secret : secrets.strip().split("[\\s,]+", -1)) {
            keys.add(new SecretKeySpec(decode(secret, "secret " + (keys.size() + 1)), ALGORITHM));
        }
        return new SigningSecrets(List.copyOf(keys));
    }

    private static byte[] decode(String secret, String which) {
        String rule = "; expected is whsec_ and then the base64 of 24 to 64 random bytes";
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException(which + " does not begin with whsec_" + rule);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            // The cause is left out: its message quotes a character of the secret.
            throw new IllegalArgumentException(which + " is not base64 after whsec_" + rule);
        }
        if (key.length < SHORTEST_BYTES || key.length > LONGEST_BYTES) {
            throw new IllegalArgumentException(which + " holds " + key.length + " bytes" + rule);
        }
        return key;
    }

    /**
     * Value of the header {@code webhook-signature}.
     *
     * @param id of the signal; the specification forbids a full stop in it
     * @param timestampSeconds of the attempt, since 1970-01-01T00:00:00Z
     */
    String sign(String id, long timestampSeconds, byte[] body) {
        byte[] head = (id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8);
        return keys.stream().map(key -> "v1," + sign(key, head, body)).collect(Collectors.joining(" "));
    }

    private static String sign(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks " + ALGORITHM + ", which every one must have", e);
        }
    }

    @Override
    public String toString() {
        return "SigningSecrets[" + keys.size() + "]";
    }
}
