package dev.andon.service;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Turns what a Kafka client throws into one sentence for the operator. */
final class KafkaErrors {
    private KafkaErrors() {}

    static StartException explain(String bootstrapServers, Throwable thrown) {
        Throwable e = unwrap(thrown);
        String kafka = "Kafka at " + bootstrapServers;
        if (e instanceof TimeoutException || e instanceof java.util.concurrent.TimeoutException) {
            return new StartException(
                    kafka
                            + " does not answer; check kafka.bootstrap.servers, that the broker runs, and security.protocol",
                    e);
        }
        if (e instanceof AuthenticationException) {
            return new StartException(
                    kafka + " refused the login (" + e.getMessage()
                            + "); check security.protocol and the sasl.* or ssl.* properties under kafka",
                    e);
        }
        if (e instanceof AuthorizationException) {
            return new StartException(
                    kafka + " does not allow this (" + e.getMessage()
                            + "); give this user the rights to read, write and create Andon's topics and groups",
                    e);
        }
        if (e.getCause() instanceof ConfigException wrong) {
            return new StartException("the settings under kafka do not make a Kafka client: " + wrong.getMessage(), e);
        }
        return new StartException(kafka + " answered with an error: " + e.getMessage(), e);
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable e = thrown;
        while ((e instanceof ExecutionException || e instanceof CompletionException) && e.getCause() != null) {
            e = e.getCause();
        }
        return e;
    }
}
