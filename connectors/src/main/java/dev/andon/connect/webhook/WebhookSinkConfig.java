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
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * What the webhook sink can be told, checked.
 *
 * @param url where signals are posted
 * @param secrets with which they are signed
 * @param headers sent beside those of the sink itself; may hold credentials
 * @param body makes the body; the signal's own JSON when there is no template
 * @param maxPayloadBytes longest body, at least 1024
 * @param all every option, for what sinks share
 * @param common what all sinks of signals have
 */
record WebhookSinkConfig(
        URI url,
        SigningSecrets secrets,
        Map<String, String> headers,
        BodyTemplate body,
        int maxPayloadBytes,
        AbstractConfig all,
        SinkSettings common) {

    static final String URL = "url";
    static final String SIGNING_SECRETS = "signing.secrets";
    static final String BODY_TEMPLATE = "body.template";
    static final String BODY_CONTENT_TYPE = "body.content.type";
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
        table.option(BODY_TEMPLATE, ConfigDef.Type.PASSWORD, null, null, LOW)
                .doc(
                        "Mustache template of the body, for receivers that want a form of their own; the signal's JSON when"
                                + " empty. It knows the fields of that JSON, `signal` for all of it, and one of `halt`, `hold`,"
                                + " `clear` and `alarm`. `{\"text\":\"{{action}} of {{rolloutId}}: {{reason}}\"}` makes"
                                + " `{\"text\":\"HALT of web-42: …\"}`. It is hidden because receivers may want a key in it.");
        table.option(
                        BODY_CONTENT_TYPE,
                        ConfigDef.Type.STRING,
                        BodyTemplate.JSON,
                        ConfigDef.LambdaValidator.with(WebhookSinkConfig::checkContentType, BodyTemplate::contentTypes),
                        LOW)
                .doc("Content type of what the template makes, which also says how values are escaped in it:"
                        + " application/json as in a string of JSON, application/x-www-form-urlencoded as in a form,"
                        + " application/xml and text/html as in their text, text/plain not at all.");
        table.option(MAX_PAYLOAD_BYTES, ConfigDef.Type.INT, 65_536, Range.between(1_024, 1_048_576), LOW)
                .doc("Longest body. 400 candidates of 150 bytes each fit into 65536; beyond that the least important"
                        + " evidence and candidates are left out and counted in the field `truncated`.");
        return options;
    }

    private static void checkContentType(String name, @Nullable Object value) {
        if (value instanceof String type && !BodyTemplate.knows(type)) {
            throw new ConfigException(name, value, "must be one of " + BodyTemplate.contentTypes());
        }
    }

    /** @return what is wrong between options that are each valid, by the option to change */
    static Map<String, String> problems(AbstractConfig config) {
        try {
            body(config);
            return Map.of();
        } catch (IllegalArgumentException e) {
            return Map.of(BODY_TEMPLATE, "" + e.getMessage());
        }
    }

    private static BodyTemplate body(AbstractConfig config) {
        Password template = config.getPassword(BODY_TEMPLATE);
        return template == null || template.value().isBlank()
                ? BodyTemplate.NONE
                : BodyTemplate.parse(template.value(), config.getString(BODY_CONTENT_TYPE));
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
        problems(config).forEach((option, problem) -> {
            throw new ConfigException(option + " " + problem);
        });
        return new WebhookSinkConfig(
                HttpChecks.url(config.getString(URL)),
                SigningSecrets.parse(SinkOptions.secret(config, SIGNING_SECRETS)),
                HttpOptions.headers(config),
                body(config),
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
