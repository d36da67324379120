package dev.andon.connect.intake;

import java.util.Map;

/**
 * One request with a body that was received in full.
 *
 * @param path as it was sent, without the query
 * @param headers by name, whatever the case of its letters
 * @param body as it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying every body would double its cost
public record Push(String path, Map<String, String> headers, byte[] body) {
    /** The value of that header, empty when it is missing. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
