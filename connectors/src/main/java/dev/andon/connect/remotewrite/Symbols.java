package dev.andon.connect.remotewrite;

import java.util.Arrays;

/**
 * The symbol table of a 2.0 request, and the labels of its series written as 1.0 writes them, so that a series is the same
 * whichever version its sender speaks.
 */
final class Symbols {
    private int[] starts = new int[256];
    private int[] lengths = new int[256];
    private int size;

    private byte[] labels = new byte[4096];
    private int from;
    private int to;
    private int pendingName = -1;
    private final int maxBytes;

    /** @param maxBytes to which the labels of all series may unfold */
    Symbols(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(int start, int length) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        starts[size] = start;
        lengths[size++] = length;
    }

    void begin() {
        from = to;
        pendingName = -1;
    }

    /** Names and values come in turn. */
    void reference(int symbol, byte[] message) throws RefusedException {
        if (symbol < 0 || symbol >= size) {
            throw new RefusedException(
                    Refusal.BAD_PROTOBUF,
                    "a label refers to symbol " + Integer.toUnsignedString(symbol) + " of " + size);
        }
        if (pendingName < 0) {
            pendingName = symbol;
            return;
        }
        int name = pendingName;
        pendingName = -1;
        // What refers to a long symbol again and again would unfold without end.
        long unfolded = (long) to + lengths[name] + lengths[symbol] + 24;
        if (unfolded > maxBytes) {
            throw new RefusedException(
                    Refusal.TOO_LARGE,
                    "the labels unfold to more than " + maxBytes + " bytes; send fewer series at a time");
        }
        reserve((int) unfolded);
        int inner = 2 + varintSize(lengths[name]) + varintSize(lengths[symbol]) + lengths[name] + lengths[symbol];
        labels[to++] = 1 << 3 | 2;
        varint(inner);
        text(1 << 3 | 2, name, message);
        text(2 << 3 | 2, symbol, message);
    }

    void end() throws RefusedException {
        if (pendingName >= 0) {
            throw new RefusedException(Refusal.BAD_PROTOBUF, "a label has a name and no value");
        }
    }

    /** Replaced as it grows; ask again after the last series. */
    byte[] labels() {
        return labels;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    private void text(int tag, int symbol, byte[] message) {
        labels[to++] = (byte) tag;
        varint(lengths[symbol]);
        System.arraycopy(message, starts[symbol], labels, to, lengths[symbol]);
        to += lengths[symbol];
    }

    private void varint(int value) {
        int rest = value;
        while (rest > 0x7f) {
            labels[to++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        labels[to++] = (byte) rest;
    }

    private static int varintSize(int value) {
        int bytes = 1;
        for (int rest = value; rest > 0x7f; rest >>>= 7) {
            bytes++;
        }
        return bytes;
    }

    private void reserve(int length) {
        if (length > labels.length) {
            labels = Arrays.copyOf(labels, Math.max(length, 2 * labels.length));
        }
    }
}
