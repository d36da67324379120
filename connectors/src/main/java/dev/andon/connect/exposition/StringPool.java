package dev.andon.connect.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns slices of UTF-8 into strings, each distinct content once. A page repeats a few hundred label values tens of
 * thousands of times; without the pool nearly all garbage of a scrape would be their copies.
 *
 * <p>Open addressing, doubled at half load. Lives as long as one page, so it needs no bound of its own.
 */
final class StringPool {
    private byte[][] keys = new byte[1024][];
    private String[] strings = new String[1024];
    private int size;

    String get(byte[] buffer, int from, int to) {
        int slot = slotOf(buffer, from, to);
        if (keys[slot] == null) {
            if (2 * size >= keys.length) {
                grow();
                slot = slotOf(buffer, from, to);
            }
            keys[slot] = Arrays.copyOfRange(buffer, from, to);
            strings[slot] = new String(buffer, from, to - from, StandardCharsets.UTF_8);
            size++;
        }
        return strings[slot];
    }

    private int slotOf(byte[] buffer, int from, int to) {
        int mask = keys.length - 1;
        int slot = hash(buffer, from, to) & mask;
        while (true) {
            byte[] key = keys[slot];
            if (key == null || (key.length == to - from && Arrays.equals(key, 0, key.length, buffer, from, to))) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    private static int hash(byte[] buffer, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + buffer[i];
        }
        return hash ^ (hash >>> 16);
    }

    private void grow() {
        byte[][] oldKeys = keys;
        String[] oldStrings = strings;
        keys = new byte[2 * oldKeys.length][];
        strings = new String[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            byte[] key = oldKeys[i];
            if (key != null) {
                int slot = slotOf(key, 0, key.length);
                keys[slot] = key;
                strings[slot] = oldStrings[i];
            }
        }
    }
}
