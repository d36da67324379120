package dev.andon.connect.common;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.andon.schema.Candidate;
import dev.andon.schema.Evidence;
import dev.andon.schema.Exposure;
import dev.andon.schema.Mode;
import dev.andon.schema.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a signal, the same bytes as in a recording's {@code signals.jsonl}: times are ISO-8601, what is absent is left
 * out, and so are lists without entries, {@code exonerated} when false, and the mode when it is ENFORCE.
 */
public final class SignalJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SignalJson() {}

    /** The whole signal. */
    public static byte[] write(Signal signal) {
        return write(
                signal,
                signal.getReason(),
                signal.getEvidence().size(),
                signal.getCandidates().size());
    }

    /**
     * Leaves out what comes last in the lists; a field {@code truncated} then counts what is missing.
     *
     * @param reason takes the place of the signal's own
     * @param evidence how many pieces of evidence to keep
     * @param candidates how many candidates to keep
     */
    static byte[] write(Signal signal, String reason, int evidence, int candidates) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            writeHead(json, signal);
            json.writeStringField("reason", reason);
            writeEvidence(json, signal.getEvidence().subList(0, evidence));
            writeCandidates(json, signal.getCandidates().subList(0, candidates));
            writeExposure(json, signal.getExposure());
            writeTime(json, "until", signal.getUntil());
            writeTime(json, "expires", signal.getExpires());
            if (signal.getMode() != Mode.ENFORCE) {
                json.writeStringField("mode", signal.getMode().name());
            }
            writeTruncated(
                    json,
                    signal.getEvidence().size() - evidence,
                    signal.getCandidates().size() - candidates,
                    !reason.equals(signal.getReason()));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static void writeHead(JsonGenerator json, Signal signal) throws IOException {
        writeTime(json, "time", signal.getTime());
        json.writeStringField("signalId", signal.getSignalId());
        json.writeStringField("action", signal.getAction().name());
        writeText(json, "rolloutId", signal.getRolloutId());
        writeText(json, "cluster", signal.getCluster());
        writeTime(json, "onset", signal.getOnset());
        writeNumber(json, "probability", signal.getProbability());
    }

    private static void writeEvidence(JsonGenerator json, List<Evidence> pieces) throws IOException {
        if (pieces.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("evidence");
        for (Evidence piece : pieces) {
            json.writeStartObject();
            json.writeStringField("series", piece.getSeries());
            json.writeStringField("kind", piece.getKind().name());
            writeNumber(json, "before", piece.getBefore());
            writeNumber(json, "after", piece.getAfter());
            writeText(json, "unit", piece.getUnit());
            writeTime(json, "onset", piece.getOnset());
            writeNumber(json, "falseAlarmProbability", piece.getFalseAlarmProbability());
            json.writeNumberField("samples", piece.getSamples());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeCandidates(JsonGenerator json, List<Candidate> candidates) throws IOException {
        if (candidates.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("candidates");
        for (Candidate candidate : candidates) {
            json.writeStartObject();
            json.writeStringField("rolloutId", candidate.getRolloutId());
            writeNumber(json, "probability", candidate.getProbability());
            if (candidate.getExonerated()) {
                json.writeBooleanField("exonerated", true);
            }
            writeText(json, "why", candidate.getWhy());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeExposure(JsonGenerator json, @Nullable Exposure exposure) throws IOException {
        if (exposure != null) {
            json.writeObjectFieldStart("exposure");
            json.writeNumberField("updated", exposure.getUpdated());
            json.writeNumberField("total", exposure.getTotal());
            json.writeNumberField("clusters", exposure.getClusters());
            json.writeEndObject();
        }
    }

    private static void writeTruncated(JsonGenerator json, int evidence, int candidates, boolean reason)
            throws IOException {
        if (evidence > 0 || candidates > 0 || reason) {
            json.writeObjectFieldStart("truncated");
            json.writeNumberField("evidence", evidence);
            json.writeNumberField("candidates", candidates);
            json.writeBooleanField("reason", reason);
            json.writeEndObject();
        }
    }

    private static void writeTime(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
        writeText(json, name, time == null ? null : time.toString());
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    /** JSON has no NaN and no infinity: such a number is not known, and so left out. */
    private static void writeNumber(JsonGenerator json, String name, @Nullable Double number) throws IOException {
        if (number != null && Double.isFinite(number)) {
            json.writeNumberField(name, number);
        }
    }
}
