package dev.andon.connect.intake;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.connect.common.ConfigTable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.types.Password;

/**
 * Where and how to listen.
 *
 * @param address to bind to
 * @param port to bind to, 0 for any that is free
 * @param certificate and chain to show; plain HTTP without
 * @param key of that certificate
 * @param clientCa authorities that sign the senders' certificates; senders need none when empty
 * @param token that every sender must send; never shown
 * @param maxBodyBytes of a request as it is sent
 * @param timeout for a request to be received, and to be in Kafka
 * @param maxWaiting records that may be waiting for Kafka
 */
public record Listening(
        String address,
        int port,
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Path> clientCa,
        Optional<Password> token,
        int maxBodyBytes,
        Duration timeout,
        int maxWaiting) {

    public static final String ADDRESS = "listen.address";
    public static final String PORT = "listen.port";
    public static final String TOKEN = "bearer.token";
    static final String CERTIFICATE = "tls.certificate.file";
    static final String KEY = "tls.key.file";
    static final String CLIENT_CA = "tls.client.ca.file";
    static final String MAX_BODY = "body.max.bytes";
    static final String TIMEOUT = "request.timeout.ms";
    static final String MAX_WAITING = "waiting.max.records";

    /** Declares the options; {@code token} is left out by a source whose senders prove themselves in other ways. */
    public static void declare(ConfigTable table, boolean token, int usualMaxBody) {
        table.group("Listening");
        table.option(PORT, ConfigDef.Type.INT, ConfigDef.NO_DEFAULT_VALUE, Range.between(0, 65_535), HIGH)
                .doc("Port to listen on, such as 9411; 0 takes any that is free and logs it. One task listens: where"
                        + " workers share the work, let senders reach it through a service that knows all workers, or"
                        + " give it a worker of its own.");
        table.option(ADDRESS, ConfigDef.Type.STRING, "127.0.0.1", new NonEmptyString(), HIGH)
                .doc("Address to listen on. 0.0.0.0 listens on every interface, and then senders must prove who they"
                        + " are.");
        if (token) {
            table.option(TOKEN, ConfigDef.Type.PASSWORD, null, null, HIGH)
                    .doc("Token that senders send as `Authorization: Bearer …`. Required unless the address is a"
                            + " loopback one or senders show certificates.");
        }
        table.option(CERTIFICATE, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("PEM file of this server's certificate and its chain; without it the port speaks plain HTTP.");
        table.option(KEY, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("PEM file of the certificate's key, PKCS #8 and not encrypted.");
        table.option(CLIENT_CA, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc(
                        "PEM file of the authorities that sign the senders' certificates. When set, a sender without such a"
                                + " certificate is turned away. Needs tls.certificate.file.");
        table.option(MAX_BODY, ConfigDef.Type.INT, usualMaxBody, Range.between(1024, 256 * 1024 * 1024), LOW)
                .doc("Largest body of a request as it is sent; a larger one is answered with 413.");
        table.option(TIMEOUT, ConfigDef.Type.LONG, 20_000L, Range.between(100, 600_000), LOW)
                .doc("Longest time for a body to arrive, and then for its records to be in Kafka. After that the"
                        + " answer is 503 and the sender tries again. Keep it below the sender's own timeout.");
        table.option(MAX_WAITING, ConfigDef.Type.INT, 20_000, Range.between(1, 10_000_000), LOW)
                .doc("Records that may be waiting for Kafka. Beyond it requests are answered with 503 and Retry-After"
                        + " before they are read.");
    }

    /** @return what is wrong between options that are each valid, by the option to change */
    public static Map<String, String> problems(AbstractConfig config, boolean otherwiseProtected) {
        var problems = new LinkedHashMap<String, String>();
        boolean certificate = config.getString(CERTIFICATE) != null;
        if (certificate != (config.getString(KEY) != null)) {
            problems.put(
                    certificate ? KEY : CERTIFICATE,
                    "tls.certificate.file and tls.key.file belong together; set both or neither");
        }
        boolean clientCa = config.getString(CLIENT_CA) != null;
        if (clientCa && !certificate) {
            problems.put(CLIENT_CA, "tls.client.ca.file needs tls.certificate.file and tls.key.file");
        }
        boolean token = config.values().containsKey(TOKEN) && config.getPassword(TOKEN) != null;
        if (!token && !clientCa && !otherwiseProtected && !isLoopback(config.getString(ADDRESS))) {
            problems.put(
                    ADDRESS,
                    "listen.address is " + config.getString(ADDRESS)
                            + ", which others can reach, and nobody would have to"
                            + " prove who they are; set bearer.token or tls.client.ca.file, or listen on 127.0.0.1");
        }
        return problems;
    }

    /** As configured. */
    public static Listening of(AbstractConfig config) {
        return new Listening(
                config.getString(ADDRESS),
                config.getInt(PORT),
                path(config, CERTIFICATE),
                path(config, KEY),
                path(config, CLIENT_CA),
                config.values().containsKey(TOKEN) ? Optional.ofNullable(config.getPassword(TOKEN)) : Optional.empty(),
                config.getInt(MAX_BODY),
                Duration.ofMillis(config.getLong(TIMEOUT)),
                config.getInt(MAX_WAITING));
    }

    private static Optional<Path> path(AbstractConfig config, String option) {
        return Optional.ofNullable(config.getString(option)).map(Path::of);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
