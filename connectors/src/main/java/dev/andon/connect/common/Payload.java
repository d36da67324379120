package dev.andon.connect.common;

import dev.andon.schema.Signal;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Fits the JSON of a signal into the size that a receiver takes. What is cut is counted in the JSON itself. */
public final class Payload {
    private static final String CUT = "... (cut)";

    private Payload() {}

    /**
     * The body to send: evidence goes first, last piece first, then candidates, then the end of the reason. What to do,
     * to which rollout and where is never cut.
     *
     * @param longestBytes size that must not be exceeded
     * @return empty when even the shortest form is too long
     */
    public static Optional<byte[]> of(Signal signal, int longestBytes) {
        return of(signal, longestBytes, UnaryOperator.identity());
    }

    /**
     * The same for a receiver that wants the JSON inside something of its own.
     *
     * @param wrap makes the body out of the JSON of the signal, however much of it there is
     */
    public static Optional<byte[]> of(Signal signal, int longestBytes, UnaryOperator<byte[]> wrap) {
        String reason = signal.getReason();
        int evidence = signal.getEvidence().size();
        int candidates = signal.getCandidates().size();
        byte[] body = wrap.apply(SignalJson.write(signal));
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
            body = wrap.apply(SignalJson.write(signal, reason, evidence, candidates));
        }
        return Optional.of(body);
    }

    /**
     * A text of at most so many characters, whose end says that it was cut where it was.
     *
     * @param longest above 10
     */
    public static String text(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
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
