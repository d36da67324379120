package dev.andon.connect.watch;

import dev.andon.schema.Phase;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What was last said of one object. It is the source offset, so that a restart neither repeats nor loses a phase.
 *
 * @param uid of the object
 * @param rolloutId last spoken of
 * @param revision last seen
 * @param previous revision before that, empty when there was none
 * @param phase last said
 * @param updated last said
 * @param total last said
 */
record Known(
        String uid,
        String rolloutId,
        String revision,
        String previous,
        Phase phase,
        OptionalLong updated,
        OptionalLong total) {

    boolean settled() {
        return switch (phase) {
            case COMPLETED, ABORTED, ROLLED_BACK, UNKNOWN -> true;
            case STARTED, PROGRESSING, PAUSED -> false;
        };
    }

    Map<String, Object> toOffset() {
        var offset = new HashMap<String, Object>();
        offset.put("uid", uid);
        offset.put("rolloutId", rolloutId);
        offset.put("revision", revision);
        offset.put("previous", previous);
        offset.put("phase", phase.name());
        offset.put("updated", updated.orElse(-1));
        offset.put("total", total.orElse(-1));
        return offset;
    }

    /** @return empty when there is no offset, or one that is none of ours */
    static Optional<Known> ofOffset(@Nullable Map<String, ?> offset) {
        if (offset == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Known(
                    text(offset, "uid"),
                    text(offset, "rolloutId"),
                    text(offset, "revision"),
                    text(offset, "previous"),
                    Phase.valueOf(text(offset, "phase")),
                    count(offset, "updated"),
                    count(offset, "total")));
        } catch (IllegalArgumentException | NullPointerException notOurs) {
            return Optional.empty();
        }
    }

    private static String text(Map<String, ?> offset, String name) {
        return Objects.requireNonNull((Object) offset.get(name)).toString();
    }

    private static OptionalLong count(Map<String, ?> offset, String name) {
        long count = Long.parseLong(text(offset, name));
        return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
