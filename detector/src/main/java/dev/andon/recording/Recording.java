package dev.andon.recording;

import dev.andon.domain.Input;
import dev.andon.domain.RejectReason;
import java.util.List;
import java.util.Map;

/**
 * What a recording holds, in the order in which it is replayed: by time, whatever the order of the lines.
 *
 * @param name of its folder
 * @param inputs by time; equal times by kind, cluster and source
 * @param refused lines that were not taken, by reason
 */
public record Recording(String name, List<Input> inputs, Map<RejectReason, Long> refused) {}
