package dev.andon.connect.exposition;

/** Fuzz target: a metrics page as protobuf. */
public final class ProtobufPageFuzz {
    private ProtobufPageFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] page) {
        PageFuzz.read(page, Format.PROTOBUF);
    }
}
