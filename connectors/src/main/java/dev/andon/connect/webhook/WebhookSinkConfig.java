package dev.andon.connect.webhook;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.common.HttpChecks;
import dev.andon.connect.common.HttpOptions;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.SinkOptions;
import dev.andon.connect.common.SinkSettings;
import java.net.URI;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the webhook sink can be told, checked.
 *
 * @param url where signals are posted
 * @param secrets with which they are signed
 * @param headers sent beside those of the sink itself; may hold credentials
 * @param maxPayloadBytes longest body, at least 1024
 * @param all every option, for what sinks share
 * @param common what all sinks of signals have
 */
record WebhookSinkConfig(
        URI url,
        SigningSecrets secrets,
        Map<String, String> headers,
        int maxPayloadBytes,
        AbstractConfig all,
        SinkSettings common) {

    static final String URL = "url";
    static final String SIGNING_SECRETS = "signing.secrets";
    static final String MAX_PAYLOAD_BYTES = "max.payload.bytes";

    static final ConfigDef OPTIONS = SinkOptions.addTo(options());

    private static ConfigDef options() {
        ConfigDef options = new ConfigDef();
        ConfigTable table = new ConfigTable(options).group("Receiver");
        table.option(URL, ConfigDef.Type.STRING, NO_DEFAULT_VALUE, HttpChecks.URL, HIGH)
                .doc("Where signals are posted, such as `https://cd.example.com/andon`. Redirects are not followed:"
                        + " with 301 the signal is rejected, give the final address. Messages show scheme, host and"
                        + " port only.");
        table.option(
                        SIGNING_SECRETS,
                        ConfigDef.Type.PASSWORD,
                        NO_DEFAULT_VALUE,
                        HttpChecks.hiding(SigningSecrets::parse),
                        HIGH)
                .doc("Secrets that sign each request after the Standard Webhooks specification: `whsec_` and the base64"
                        + " of 24 to 64 random bytes, such as `whsec_$(openssl rand -base64 32)`. To change a secret"
                        + " give the new and the old one, separated by a space: each request then carries 2 signatures"
                        + " until you remove the old one.");
        HttpOptions.addHeaders(table);
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
        AbstractConfig config = SinkOptions.parse(OPTIONS, props);
        return new WebhookSinkConfig(
                HttpChecks.url(config.getString(URL)),
                SigningSecrets.parse(SinkOptions.secret(config, SIGNING_SECRETS)),
                HttpOptions.headers(config),
                config.getInt(MAX_PAYLOAD_BYTES),
                config,
                SinkOptions.settings(config));
    }

    /** Shows neither the URL's path nor any header. */
    @Override
    public String toString() {
        return "WebhookSinkConfig[" + HttpTransport.origin(url) + ", " + common + "]";
    }
}
