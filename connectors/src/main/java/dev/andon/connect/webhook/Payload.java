package dev.andon.connect.webhook;

import dev.andon.schema.Signal;
import java.util.Optional;

/** Fits the JSON of a signal into the size that a receiver takes. What is cut is counted in the JSON itself. */
final class Payload {
    private static final String CUT = "... (cut)";

    private Payload() {}

    /**
     * The body to send: evidence goes first, last piece first, then candidates, then the end of the reason. What to do,
     * to which rollout and where is never cut.
     *
     * @param longestBytes size that must not be exceeded
     * @return empty when even the shortest form is too long
     */
    static Optional<byte[]> of(Signal signal, int longestBytes) {
        String reason = signal.getReason();
        int evidence = signal.getEvidence().size();
        int candidates = signal.getCandidates().size();
        byte[] body = SignalJson.write(signal);
        while (body.length > longestBytes) {
            if (evidence > 1) {
                evidence /= 2;
            } else if (candidates > 1) {
                candidates /= 2;
            } else if (evidence + candidates > 0) {
                evidence = 0;
                candidates = 0;
            } else if (reason.length() > CUT.length()) {
                reason = shorter(reason);
            } else {
                return Optional.empty();
            }
            body = SignalJson.write(signal, reason, evidence, candidates);
        }
        return Optional.of(body);
    }

    /** About half of the text, never half of a character. */
    private static String shorter(String reason) {
        String kept = reason.endsWith(CUT) ? reason.substring(0, reason.length() - CUT.length()) : reason;
        int end = kept.length() / 2;
        if (end > 0 && Character.isHighSurrogate(kept.charAt(end - 1))) {
            end--;
        }
        return kept.substring(0, end) + CUT;
    }
}
