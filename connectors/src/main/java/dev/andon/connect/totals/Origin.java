package dev.andon.connect.totals;

/**
 * Whose running totals they are.
 *
 * @param cluster the cluster the server belongs to
 * @param instance name of the server within the cluster
 */
public record Origin(String cluster, String instance) {}
