package dev.andon.domain;

import java.time.Instant;

/**
 * A series of one cluster changed, or a change of it ended.
 *
 * @param time newest sample that had been seen when it was decided
 * @param onsetEarliest lower end of the interval that holds the onset
 * @param onsetLatest upper end of that interval
 * @param ended whether this says that the change is over
 */
public record ChangePoint(
        Instant time, String cluster, Evidence evidence, Instant onsetEarliest, Instant onsetLatest, boolean ended) {}
