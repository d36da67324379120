package dev.andon.connect.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.types.Password;

/** Compares what a sender showed with what it should have, in a time that says nothing about where they differ. */
public final class Secrets {
    private Secrets() {}

    /** Whether an Authorization header holds that token, as a bearer token or as the password of any user. */
    public static boolean authorizes(Password expected, String authorization) {
        String[] parts = authorization.split(" ", 2);
        if (parts.length != 2) {
            return false;
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> same(expected, parts[1].strip());
            case "basic" -> same(expected, passwordOf(parts[1].strip()));
            default -> false;
        };
    }

    /** Whether both are the same. */
    public static boolean same(Password expected, String shown) {
        return MessageDigest.isEqual(
                expected.value().getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the body was signed with that key: HMAC-SHA256 in hex, with or without {@code sha256=} before it. */
    public static boolean signed(Password key, byte[] body, String signature) {
        String hex = signature.startsWith("sha256=") ? signature.substring("sha256=".length()) : signature;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return MessageDigest.isEqual(mac.doFinal(body), HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException notHex) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256; use a complete one", e);
        }
    }

    private static String passwordOf(String credentials) {
        try {
            String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
