package dev.andon.service.config;

import java.util.List;

/**
 * A receiver of signals: short for a connector of the webhook sink.
 *
 * @param url kept like a secret, because many receivers put a token into its path
 * @param signingSecret of the Standard Webhooks specification, {@code whsec_…}
 * @param actions which signals it gets
 */
public record WebhookConfig(String name, Secret url, Secret signingSecret, List<String> actions) {
    public WebhookConfig {
        actions = List.copyOf(actions);
    }
}
