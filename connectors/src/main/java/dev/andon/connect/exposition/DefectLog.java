package dev.andon.connect.exposition;

import java.util.EnumMap;
import java.util.Map;

/** Counts what could not be read, and keeps one example per reason so that a page of rubbish costs little memory. */
final class DefectLog {
    static final int EXCERPT_CHARS = 200;

    private final Map<Defect, Malformed> byDefect = new EnumMap<>(Defect.class);

    void add(Defect defect, long position, String excerpt) {
        Malformed before = byDefect.get(defect);
        byDefect.put(
                defect,
                before == null
                        ? new Malformed(defect, 1, position, shortened(excerpt))
                        : new Malformed(defect, before.count() + 1, before.position(), before.excerpt()));
    }

    /** @return whether an example of this reason is still missing, so that none is built in vain */
    boolean needsExcerpt(Defect defect) {
        return !byDefect.containsKey(defect);
    }

    Map<Defect, Malformed> all() {
        return byDefect;
    }

    private static String shortened(String excerpt) {
        return excerpt.length() <= EXCERPT_CHARS ? excerpt : excerpt.substring(0, EXCERPT_CHARS);
    }
}
