package dev.andon.connect.remotewrite;

import java.io.IOException;
import org.xerial.snappy.Snappy;

/** Unpacks a body. Its length is announced at its beginning and checked before any memory is taken. */
final class Unpacked {
    private Unpacked() {}

    static byte[] of(byte[] packed, int maxBytes) throws RefusedException {
        try {
            int length = Snappy.uncompressedLength(packed);
            if (length < 0 || length > maxBytes) {
                throw new RefusedException(
                        Refusal.TOO_LARGE,
                        "the body announces " + Integer.toUnsignedString(length) + " bytes unpacked; at most "
                                + maxBytes + " are taken (unpacked.max.bytes)");
            }
            var unpacked = new byte[length];
            int written = Snappy.uncompress(packed, 0, packed.length, unpacked, 0);
            if (written != length) {
                throw new RefusedException(Refusal.BAD_SNAPPY, "the body is shorter than it announces");
            }
            return unpacked;
        } catch (IOException e) {
            throw new RefusedException(Refusal.BAD_SNAPPY, "the body is not snappy (block format)");
        }
    }
}
