package dev.andon.http.view;

/**
 * How DNS answered in one cluster in one interval.
 *
 * @param questionsPerSecond {@code >= 0}, of the view that fares worst
 * @param errorRatio failed answers and timeouts of all questions, in [0, 1], of the view that fares worst
 * @param staleRatio answers from expired cache entries of all answers, in [0, 1]
 */
public record DnsLevel(double questionsPerSecond, double errorRatio, double staleRatio) {}
