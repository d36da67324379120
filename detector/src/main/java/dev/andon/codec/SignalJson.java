package dev.andon.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.andon.domain.Candidate;
import dev.andon.domain.Evidence;
import dev.andon.domain.Exposure;
import dev.andon.domain.Mode;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A signal as CD systems read it (contract, section 3): absent fields are left out. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record SignalJson(
        Instant time,
        String signalId,
        String action,
        @Nullable String rolloutId,
        @Nullable String cluster,
        @Nullable Instant onset,
        @Nullable Double probability,
        String reason,
        List<EvidenceJson> evidence,
        List<CandidateJson> candidates,
        @Nullable Exposure exposure,
        @Nullable Instant until,
        @Nullable Instant expires,
        @Nullable String mode) {

    record EvidenceJson(
            String series,
            String kind,
            double before,
            double after,
            String unit,
            Instant onset,
            double falseAlarmProbability,
            long samples) {
        static EvidenceJson of(Evidence e) {
            return new EvidenceJson(
                    e.series(),
                    e.kind().name(),
                    e.before(),
                    e.after(),
                    e.unit(),
                    e.onset(),
                    e.falseAlarmProbability(),
                    e.samples());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CandidateJson(
            String rolloutId,
            double probability,
            @Nullable Boolean exonerated,
            @Nullable String why) {
        static CandidateJson of(Candidate c) {
            return new CandidateJson(
                    c.rolloutId(),
                    c.probability(),
                    c.exonerated() ? Boolean.TRUE : null,
                    c.why().orElse(null));
        }
    }

    static SignalJson of(Signal s) {
        return new SignalJson(
                s.time(),
                s.signalId(),
                s.action().name(),
                s.rolloutId().orElse(null),
                s.cluster().orElse(null),
                s.onset().orElse(null),
                s.probability().isPresent() ? s.probability().getAsDouble() : null,
                s.reason(),
                s.evidence().stream().map(EvidenceJson::of).toList(),
                s.candidates().stream().map(CandidateJson::of).toList(),
                s.exposure().orElse(null),
                s.until().orElse(null),
                s.expires().orElse(null),
                s.mode() == Mode.ENFORCE ? null : s.mode().name());
    }
}
