package dev.andon.connect.intake;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/** What a source does with requests. Called by several threads at once. */
public interface Endpoint {
    /** Takes over a request, or refuses it. */
    Reply receive(Push push);

    /** @return records that are due because time has passed; asked several times a second */
    List<SourceRecord> due(Instant now);
}
