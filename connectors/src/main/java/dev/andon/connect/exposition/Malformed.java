package dev.andon.connect.exposition;

/**
 * Parts of one page that could not be read for the same reason.
 *
 * @param defect the reason
 * @param count how many lines or series, {@code >= 1}
 * @param position of the first: line number from 1 (text) or number of the metric family from 1 (protobuf)
 * @param excerpt beginning of the first, at most {@value DefectLog#EXCERPT_CHARS} characters
 */
public record Malformed(Defect defect, int count, long position, String excerpt) {}
