package dev.andon.connect.webhook;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.SinkOptions;
import dev.andon.connect.common.SinkSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * What the webhook sink can be told, checked.
 *
 * @param url where signals are posted
 * @param secrets with which they are signed
 * @param headers sent beside those of the sink itself; may hold credentials
 * @param maxPayloadBytes longest body, at least 1024
 * @param connectTimeout longest time to open a connection
 * @param requestTimeout longest time for one attempt
 * @param common what all sinks of signals have
 */
record WebhookSinkConfig(
        URI url,
        SigningSecrets secrets,
        Map<String, String> headers,
        int maxPayloadBytes,
        Duration connectTimeout,
        Duration requestTimeout,
        SinkSettings common) {

    static final String URL = "url";
    static final String SIGNING_SECRETS = "signing.secrets";
    static final String HEADERS = "headers";
    static final String MAX_PAYLOAD_BYTES = "max.payload.bytes";

    static final ConfigDef OPTIONS = SinkOptions.addTo(options());

    private static ConfigDef options() {
        ConfigDef options = new ConfigDef();
        ConfigTable table = new ConfigTable(options).group("Receiver");
        table.option(URL, ConfigDef.Type.STRING, NO_DEFAULT_VALUE, ReceiverChecks.URL, HIGH)
                .doc("Where signals are posted, such as `https://cd.example.com/andon`. Redirects are not followed:"
                        + " with 301 the signal is rejected, give the final address. Messages show scheme, host and"
                        + " port only.");
        table.option(SIGNING_SECRETS, ConfigDef.Type.PASSWORD, NO_DEFAULT_VALUE, ReceiverChecks.SECRETS, HIGH)
                .doc("Secrets that sign each request after the Standard Webhooks specification: `whsec_` and the base64"
                        + " of 24 to 64 random bytes, such as `whsec_$(openssl rand -base64 32)`. To change a secret"
                        + " give the new and the old one, separated by a space: each request then carries 2 signatures"
                        + " until you remove the old one.");
        table.option(HEADERS, ConfigDef.Type.PASSWORD, "", ReceiverChecks.HEADERS, MEDIUM)
                .doc("Further headers, such as `Authorization: Bearer abc`; several are separated by a line break or"
                        + " by `|`. None of them is ever shown.");
        table.option(MAX_PAYLOAD_BYTES, ConfigDef.Type.INT, 65_536, Range.between(1_024, 1_048_576), LOW)
                .doc("Longest body. 400 candidates of 150 bytes each fit into 65536; beyond that the least important"
                        + " evidence and candidates are left out and counted in the field `truncated`.");
        return options;
    }

    WebhookSinkConfig {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads and checks the whole configuration.
     *
     * @throws ConfigException naming every option that does not fit another
     */
    static WebhookSinkConfig parse(Map<String, String> props) {
        AbstractConfig config = new AbstractConfig(OPTIONS, props, false);
        Map<String, String> problems = SinkOptions.problems(config);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.entrySet().stream()
                    .map(problem -> problem.getKey() + " " + problem.getValue())
                    .collect(Collectors.joining("; ")));
        }
        return new WebhookSinkConfig(
                ReceiverChecks.url(config.getString(URL)),
                SigningSecrets.parse(secret(config, SIGNING_SECRETS)),
                ReceiverChecks.headers(secret(config, HEADERS)),
                config.getInt(MAX_PAYLOAD_BYTES),
                Duration.ofMillis(config.getLong(SinkOptions.CONNECT_TIMEOUT_MS)),
                Duration.ofMillis(config.getLong(SinkOptions.REQUEST_TIMEOUT_MS)),
                SinkOptions.settings(config));
    }

    private static String secret(AbstractConfig config, String name) {
        Password password = config.getPassword(name);
        return password == null ? "" : password.value();
    }

    /** Shows neither the URL's path nor any header. */
    @Override
    public String toString() {
        return "WebhookSinkConfig[" + HttpTransport.origin(url) + ", " + common + "]";
    }
}
