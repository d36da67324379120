package dev.andon.topology;

import dev.andon.domain.RejectReason;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last net under a record: when a defect of the program throws, the record becomes a dead letter and the rest goes on.
 * What is wrong with the record itself is refused by the processors before. Faults of Kafka or of a store, and defects
 * without a record, end the task: nothing would be right afterwards.
 */
public final class DeadLetterHandler implements ProcessingExceptionHandler {
    /** Key under which the {@link Route} is handed in through the configuration, for Streams makes the handler. */
    static final String ROUTE = "andon.dead.letters";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

    private @Nullable Route route;

    /** Where dead letters go, and who counts them. */
    record Route(Topics topics, Clock clock, Observer observer) {}

    @Override
    public void configure(Map<String, ?> config) {
        route = (Route) Objects.requireNonNull(config.get(ROUTE), ROUTE);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception exception) {
        boolean ofKafka = exception instanceof KafkaException;
        if (ofKafka || context.topic() == null || context.offset() < 0) return Response.fail();
        return Response.resume(List.of(letter(context, exception)));
    }

    private ProducerRecord<byte[], byte[]> letter(ErrorHandlerContext context, Exception exception) {
        Route to = Objects.requireNonNull(route, "configure comes first");
        var origin = new DeadLetters.Origin(context.topic(), context.partition(), context.offset());
        LOG.error("a defect of the program refused {}: it is in the dead letters; please report it", origin, exception);
        Instant now = to.clock().instant();
        for (Topic topic : Topic.values()) {
            if (to.topics().of(topic).equals(context.topic())) to.observer().rejected(topic, RejectReason.DEFECT);
        }
        Headers headers =
                DeadLetters.headers(context.headers(), RejectReason.DEFECT.label(), exception.toString(), origin, now);
        return new ProducerRecord<>(
                to.topics().deadLetters(),
                null,
                now.toEpochMilli(),
                context.sourceRawKey(),
                context.sourceRawValue(),
                headers);
    }
}
