package dev.andon.connect.remotewrite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The labels of a series as the bytes that remote write 1.0 sends, to find a known series without decoding them. */
final class LabelKey {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[0];
    private int from;
    private int to;
    private int hash;

    /** Points to other bytes. A key that is in a map must never be pointed elsewhere. */
    LabelKey pointTo(byte[] bytes, int from, int to, int hash) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.hash = hash;
        return this;
    }

    /** @return a key with bytes of its own */
    LabelKey copy() {
        byte[] own = Arrays.copyOfRange(bytes, from, to);
        return new LabelKey().pointTo(own, 0, own.length, hash);
    }

    static int hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            hash = (hash ^ (long) LONGS.get(bytes, i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (int) (hash ^ (hash >>> 32));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelKey that
                && hash == that.hash
                && Arrays.equals(bytes, from, to, that.bytes, that.from, that.to);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
