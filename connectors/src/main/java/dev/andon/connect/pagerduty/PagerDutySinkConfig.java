package dev.andon.connect.pagerduty;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.common.HttpChecks;
import dev.andon.connect.common.HttpOptions;
import dev.andon.connect.common.SignalSinkTask.Opened;
import dev.andon.connect.common.SinkOptions;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * What the PagerDuty sink can be told, checked.
 *
 * @param events address of the Events API
 * @param api address of the REST API, asked for acknowledgements
 * @param routingKey of the service
 * @param apiToken reads incidents; empty when acknowledgements are not asked for
 * @param console page of Andon that incidents link to; empty for none
 * @param callsPerMinute most requests in a minute
 * @param all every option, for what sinks share
 */
record PagerDutySinkConfig(
        URI events,
        URI api,
        String routingKey,
        String apiToken,
        String console,
        int callsPerMinute,
        AbstractConfig all) {

    static final String ROUTING_KEY = "routing.key";
    static final String EVENTS_URL = "url";
    static final String API_URL = "api.url";
    static final String API_TOKEN = "api.token";
    static final String CONSOLE_URL = "console.url";
    static final String CALLS_PER_MINUTE = "calls.per.minute";

    private static final Pattern KEY = Pattern.compile("[0-9A-Za-z]{32}");

    static final ConfigDef OPTIONS = SinkOptions.addTo(options());

    private static ConfigDef options() {
        ConfigDef options = new ConfigDef();
        ConfigTable table = new ConfigTable(options).group("PagerDuty");
        table.option(
                        ROUTING_KEY,
                        ConfigDef.Type.PASSWORD,
                        NO_DEFAULT_VALUE,
                        HttpChecks.hiding(PagerDutySinkConfig::routingKey),
                        HIGH)
                .doc("Integration key of an Events API v2 integration of the service to page: 32 letters and digits.");
        table.option(EVENTS_URL, ConfigDef.Type.STRING, "https://events.pagerduty.com", HttpChecks.URL, LOW)
                .doc("Address of the Events API; `https://events.eu.pagerduty.com` in the EU.");
        table.option(API_TOKEN, ConfigDef.Type.PASSWORD, "", HttpChecks.hiding(PagerDutySinkConfig::token), MEDIUM)
                .doc("Read-only key of the REST API. With it Andon asks every 15 s whether somebody has acknowledged,"
                        + " and records ACKNOWLEDGED: what a second path waits for. Without it the record ends with"
                        + " SENT.");
        table.option(API_URL, ConfigDef.Type.STRING, "https://api.pagerduty.com", HttpChecks.URL, LOW)
                .doc("Address of the REST API; `https://api.eu.pagerduty.com` in the EU.");
        table.option(CONSOLE_URL, ConfigDef.Type.STRING, "", HttpChecks.OPTIONAL_URL, LOW)
                .doc("Address of Andon's console that incidents link to, such as `https://andon.example.com`. When"
                        + " empty there is no link.");
        table.option(CALLS_PER_MINUTE, ConfigDef.Type.INT, 100, Range.between(1, 10_000), LOW)
                .doc("Most requests in a minute. PagerDuty takes about 120 per key; with 100 a storm of signals waits"
                        + " here, most urgent first, instead of being refused there.");
        return options;
    }

    private static String routingKey(String key) {
        if (!KEY.matcher(key.strip()).matches()) {
            throw new IllegalArgumentException("holds " + key.strip().length()
                    + " characters or other than letters and digits; expected are 32 letters and digits");
        }
        return key.strip();
    }

    private static String token(String token) {
        if (!token.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            throw new IllegalArgumentException("holds a character that is not visible ASCII");
        }
        return token;
    }

    static PagerDutySinkConfig parse(Map<String, String> props) {
        AbstractConfig config = SinkOptions.parse(OPTIONS, props);
        return new PagerDutySinkConfig(
                HttpChecks.url(config.getString(EVENTS_URL)),
                HttpChecks.url(config.getString(API_URL)),
                routingKey(SinkOptions.secret(config, ROUTING_KEY)),
                token(SinkOptions.secret(config, API_TOKEN)),
                config.getString(CONSOLE_URL).strip(),
                config.getInt(CALLS_PER_MINUTE),
                config);
    }

    Opened open(Clock clock) {
        return new Opened(SinkOptions.settings(all), new PagerDutySender(this, HttpOptions.transport(all, clock)));
    }

    /** Shows neither key. */
    @Override
    public String toString() {
        return "PagerDutySinkConfig[" + events + "]";
    }
}
