package dev.andon.codec;

/**
 * Short texts that come again and again, made once: a place for each hash, which the newest text takes. Safe for use by
 * several threads, as strings never change: at worst one is made twice.
 */
final class KnownTexts {
    private static final int PLACES = 1 << 14;
    /** Longer ones are made each time. */
    private static final int LONGEST = 256;

    private final String[] places = new String[PLACES];

    /** @param hash of the text, as {@link String#hashCode()} has it */
    String of(char[] signs, int begin, int end, int hash) {
        if (end - begin > LONGEST) return new String(signs, begin, end - begin);
        int place = (hash ^ (hash >>> 14)) & (PLACES - 1);
        String known = places[place];
        if (known != null && same(known, signs, begin, end)) return known;
        String text = new String(signs, begin, end - begin);
        places[place] = text;
        return text;
    }

    private static boolean same(String known, char[] signs, int begin, int end) {
        if (known.length() != end - begin) return false;
        for (int i = begin; i < end; i++) {
            if (known.charAt(i - begin) != signs[i]) return false;
        }
        return true;
    }
}
