package dev.andon.connect.remotewrite;

/** Fuzz target: a request of remote write 2.0, before it is packed. */
public final class RemoteWrite2Fuzz {
    private RemoteWrite2Fuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] message) {
        Requests.receive(WriteRequest.pack(message), WriteRequest.HEADERS_2);
    }
}
