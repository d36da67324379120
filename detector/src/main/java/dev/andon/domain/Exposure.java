package dev.andon.domain;

/**
 * How far a rollout had come over all its clusters.
 *
 * @param clusters number of clusters in which at least one place runs the new revision
 */
public record Exposure(long updated, long total, long clusters) {}
