package dev.andon.connect.common;

import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts records aside that will never be delivered. Belongs to the thread of the framework. */
final class Rejections {
    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

    private final SinkTaskContext context;
    private final boolean toleratesErrors;
    private boolean warned;

    Rejections(SinkTaskContext context, boolean toleratesErrors) {
        this.context = context;
        this.toleratesErrors = toleratesErrors;
    }

    /** @throws DataException the cause, where neither a dead letter topic nor tolerance is set */
    void report(SinkRecord record, DataException cause) {
        ErrantRecordReporter deadLetters = context.errantRecordReporter();
        if (deadLetters != null) {
            // The framework waits for it before it commits the offset.
            var unused = deadLetters.report(record, cause);
            return;
        }
        if (!toleratesErrors) {
            throw cause;
        }
        if (!warned) {
            warned = true;
            LOG.warn(
                    "Signals are dropped because errors.tolerance is all and no dead letter topic is set (further ones"
                            + " only show in the record of deliveries). First: topic {}, partition {}, offset {}",
                    record.originalTopic(),
                    record.originalKafkaPartition(),
                    record.originalKafkaOffset(),
                    cause);
        }
    }
}
