package dev.andon.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a {@link KafkaBroker}: declare it as a parameter of the constructor or of any test or set-up
 * method.
 *
 * <p>The system property {@code andon.test.broker} says which kind: {@code embedded} (the default: the broker of our own
 * service) or {@code testcontainers} (the image {@code apache/kafka}, or the one that the environment variable
 * {@code ANDON_KAFKA_IMAGE} names). Both runs use the same test classes.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("kafka")
@ExtendWith(KafkaExtension.class)
public @interface WithKafka {}
