package dev.andon.connect.common;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The options of every sink that speaks HTTP: headers and trust. */
public final class HttpOptions {
    public static final String HEADERS = "headers";
    public static final String CA_FILE = "tls.ca.file";
    public static final String CERTIFICATE_FILE = "tls.certificate.file";
    public static final String KEY_FILE = "tls.key.file";

    private HttpOptions() {}

    /** Headers that the user wants to send, such as credentials. */
    public static void addHeaders(ConfigTable table) {
        table.option(HEADERS, ConfigDef.Type.PASSWORD, "", HttpChecks.HEADERS, MEDIUM)
                .doc("Further headers, such as `Authorization: Bearer abc`; several are separated by a line break or"
                        + " by `|`. None of them is ever shown.");
    }

    /** Whom to trust, and the client's own certificate. */
    public static void addTrust(ConfigTable table) {
        table.option(CA_FILE, ConfigDef.Type.STRING, "", null, MEDIUM)
                .doc("PEM file of the authorities that sign the receiver's certificate, such as `/etc/andon/ca.crt`."
                        + " When empty Java's own are trusted.");
        table.option(CERTIFICATE_FILE, ConfigDef.Type.STRING, "", null, LOW)
                .doc("PEM file of the certificate that this side shows, such as `/etc/andon/client.crt`; needs"
                        + " `tls.key.file`. When empty none is shown.");
        table.option(KEY_FILE, ConfigDef.Type.STRING, "", null, LOW)
                .doc("PEM file of the key of that certificate in PKCS #8, such as `/etc/andon/client.key`.");
    }

    /** The headers that are set. */
    public static Map<String, String> headers(AbstractConfig config) {
        return HttpChecks.headers(SinkOptions.secret(config, HEADERS));
    }

    /** A transport with the timeouts that are set, and with the trust where the sink has those options. */
    public static HttpTransport transport(AbstractConfig config, Clock clock) {
        return new HttpTransport(
                Duration.ofMillis(config.getLong(SinkOptions.CONNECT_TIMEOUT_MS)),
                Duration.ofMillis(config.getLong(SinkOptions.REQUEST_TIMEOUT_MS)),
                trust(config),
                clock);
    }

    private static Optional<SSLContext> trust(AbstractConfig config) {
        if (!config.values().containsKey(CA_FILE)) {
            return Optional.empty();
        }
        Optional<Path> ca = file(config, CA_FILE);
        Optional<Path> certificate = file(config, CERTIFICATE_FILE);
        Optional<Path> key = file(config, KEY_FILE);
        boolean own = ca.isEmpty() && certificate.isEmpty() && key.isEmpty();
        return own ? Optional.empty() : Optional.of(Trust.context(ca, certificate, key));
    }

    private static Optional<Path> file(AbstractConfig config, String name) {
        String path = config.getString(name).strip();
        return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
    }
}
