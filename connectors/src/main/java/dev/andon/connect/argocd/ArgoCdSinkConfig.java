package dev.andon.connect.argocd;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import dev.andon.connect.common.BearerToken;
import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.common.HaltOptions;
import dev.andon.connect.common.HttpChecks;
import dev.andon.connect.common.HttpOptions;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.LeverSender;
import dev.andon.connect.common.RolloutDirectory;
import dev.andon.connect.common.RolloutOptions;
import dev.andon.connect.common.SignalSinkTask.Opened;
import dev.andon.connect.common.SinkOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What the Argo CD sink can be told, checked.
 *
 * @param server address of the API server
 * @param windows whether new syncs are kept away, and whose; empty when they are not
 * @param halting how long a halt may take, and how often it is looked at
 * @param all every option, for what sinks share
 */
record ArgoCdSinkConfig(
        URI server, BearerToken token, Optional<DenyWindow> windows, HaltOptions halting, AbstractConfig all) {
    static final String SERVER_URL = "server.url";
    static final String TOKEN = "bearer.token";
    static final String TOKEN_FILE = "bearer.token.file";
    static final String WINDOW = "sync.window";
    static final String WINDOW_MANUAL = "sync.window.allow.manual";

    static final ConfigDef OPTIONS = SinkOptions.addTo(options());

    private static ConfigDef options() {
        ConfigDef options = new ConfigDef();
        ConfigTable table = new ConfigTable(options).group("Argo CD");
        table.option(SERVER_URL, ConfigDef.Type.STRING, NO_DEFAULT_VALUE, HttpChecks.URL, HIGH)
                .doc("Address of the API server of Argo CD, such as `https://argocd.example.com`.");
        table.option(TOKEN, ConfigDef.Type.PASSWORD, "", null, HIGH)
                .doc("Token of an account that has the rights in the manifest below, as `argocd account generate-token`"
                        + " makes it. Rather give `bearer.token.file`.");
        table.option(TOKEN_FILE, ConfigDef.Type.STRING, "", null, HIGH)
                .doc("File that holds the token, such as `/etc/andon/argocd-token`; read for every request.");
        HttpOptions.addTrust(table);
        table.group("Halting");
        table.option(WINDOW, ConfigDef.Type.BOOLEAN, false, null, HIGH)
                .doc(
                        "Whether a HALT also puts a deny window into the project of the application, so that no new sync of"
                                + " it begins; a CLEAR takes it out. Without it a sync that begins again is terminated again.");
        table.option(WINDOW_MANUAL, ConfigDef.Type.BOOLEAN, true, null, MEDIUM)
                .doc("Whether a person may still sync while the window is there, which rolling back through Git needs."
                        + " With false nobody can.");
        HaltOptions.addTo(table, "an automatic sync");
        RolloutOptions.addTo(table);
        return options;
    }

    static ArgoCdSinkConfig parse(Map<String, String> props) {
        AbstractConfig config = SinkOptions.parse(OPTIONS, props);
        String file = config.getString(TOKEN_FILE).strip();
        return new ArgoCdSinkConfig(
                HttpChecks.url(config.getString(SERVER_URL)),
                new BearerToken(
                        SinkOptions.secret(config, TOKEN).strip(),
                        file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file))),
                config.getBoolean(WINDOW)
                        ? Optional.of(new DenyWindow(config.getBoolean(WINDOW_MANUAL)))
                        : Optional.empty(),
                HaltOptions.of(config),
                config);
    }

    Opened open(Clock clock, RolloutDirectory directory) {
        ArgoCdApi api = new ArgoCdApi(server, token, HttpOptions.transport(all, clock));
        LeverSender.CdSystem argo = new LeverSender.CdSystem(
                "argo-cd",
                HttpTransport.origin(server),
                api::ping,
                reference -> new Application(ApplicationName.of(reference), windows, api));
        return new Opened(
                SinkOptions.settings(all), List.of(new LeverSender(argo, directory, halting)), directory::close);
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "ArgoCdSinkConfig[" + HttpTransport.origin(server) + "]";
    }
}
