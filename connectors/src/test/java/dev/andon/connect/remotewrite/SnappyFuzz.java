package dev.andon.connect.remotewrite;

/** Fuzz target: the packed body of a remote write request. */
public final class SnappyFuzz {
    private SnappyFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] body) {
        Requests.receive(body, WriteRequest.HEADERS_1);
    }
}
