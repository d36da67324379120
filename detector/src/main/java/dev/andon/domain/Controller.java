package dev.andon.domain;

/** Who drives a rollout, e.g. type {@code argo-rollouts}, reference {@code observability/telemetry-agent}. */
public record Controller(String type, String reference) {}
