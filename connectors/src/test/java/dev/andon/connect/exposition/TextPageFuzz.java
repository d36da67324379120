package dev.andon.connect.exposition;

/** Fuzz target: a metrics page as text. */
public final class TextPageFuzz {
    private TextPageFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] page) {
        PageFuzz.read(page, Format.TEXT);
    }
}
