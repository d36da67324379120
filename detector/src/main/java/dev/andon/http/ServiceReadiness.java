package dev.andon.http;

import dev.andon.service.AndonService;
import dev.andon.service.Health;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Readiness of a whole service and of the view of it. */
final class ServiceReadiness implements Readiness {
    private final AndonService service;
    private final FleetFeed feed;

    ServiceReadiness(AndonService service, FleetFeed feed) {
        this.service = service;
        this.feed = feed;
    }

    @Override
    public Optional<String> fatal() {
        Health health = service.health();
        return health.live() ? Optional.empty() : Optional.of(sentence(health, Health.Status.DOWN));
    }

    @Override
    public Optional<String> notReady() {
        Health health = service.health();
        if (!health.ready()) return Optional.of(sentence(health, Health.Status.STARTING));
        boolean reading = feed.currentAsOf().equals(Instant.EPOCH);
        return reading ? Optional.of("the topics are being read for the first time") : Optional.empty();
    }

    @Override
    public List<String> degraded() {
        return service.health().components().stream()
                .filter(component -> component.status() == Health.Status.DEGRADED)
                .map(component -> component.name()
                        + component.reason().map(reason -> ": " + reason).orElse(""))
                .toList();
    }

    @Override
    public Instant currentAsOf() {
        return feed.currentAsOf();
    }

    private static String sentence(Health health, Health.Status status) {
        String parts = health.components().stream()
                .filter(component -> component.status() == status)
                .map(component -> component.name()
                        + component.reason().map(r -> " (" + r + ")").orElse(""))
                .collect(Collectors.joining(", "));
        return (status == Health.Status.DOWN ? "broken for good: " : "not yet ready: ") + parts;
    }
}
