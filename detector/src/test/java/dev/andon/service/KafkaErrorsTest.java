package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaErrorsTest {
    @Test
    void saysThatNobodyAnswers() {
        assertThat(sentence(new ExecutionException(new TimeoutException("Call(callName=…)"))))
                .isEqualTo("Kafka at there:9092 does not answer; check kafka.bootstrap.servers, that the broker runs,"
                        + " and security.protocol");
    }

    @Test
    void saysThatTheLoginWasRefused() {
        assertThat(sentence(new ExecutionException(new SaslAuthenticationException("bad password"))))
                .startsWith("Kafka at there:9092 refused the login (bad password); check security.protocol");
    }

    @Test
    void saysThatARightIsMissing() {
        assertThat(sentence(new TopicAuthorizationException("not authorized: andon.rollouts")))
                .startsWith("Kafka at there:9092 does not allow this (not authorized: andon.rollouts); give this user");
    }

    @Test
    void saysWhichSettingIsWrong() {
        assertThat(sentence(new KafkaException("no client", new ConfigException("bootstrap.servers", "x", "bad url"))))
                .startsWith("the settings under kafka do not make a Kafka client: Invalid value x for configuration");
    }

    private static String sentence(Throwable e) {
        return String.valueOf(KafkaErrors.explain("there:9092", e).getMessage());
    }
}
