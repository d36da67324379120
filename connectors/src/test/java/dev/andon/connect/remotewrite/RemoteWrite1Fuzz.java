package dev.andon.connect.remotewrite;

/** Fuzz target: a request of remote write 1.0, before it is packed. */
public final class RemoteWrite1Fuzz {
    private RemoteWrite1Fuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] message) {
        Requests.receive(WriteRequest.pack(message), WriteRequest.HEADERS_1);
    }
}
