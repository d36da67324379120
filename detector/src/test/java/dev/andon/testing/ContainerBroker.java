package dev.andon.testing;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The broker as a container: what users run, rather than what we wrapped. */
final class ContainerBroker implements KafkaBroker {
    private static final String IMAGE_VARIABLE = "ANDON_KAFKA_IMAGE";
    private static final String OFFICIAL_IMAGE = "apache/kafka:4.3.1";

    private final KafkaContainer container;

    private ContainerBroker(KafkaContainer container) {
        this.container = container;
    }

    static ContainerBroker start(Machine machine) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw machine.missing(
                    "no Docker engine answers, and -D" + BrokerKind.PROPERTY + "=testcontainers needs one");
        }
        String image = machine.environment().getOrDefault(IMAGE_VARIABLE, OFFICIAL_IMAGE);
        var container = new KafkaContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka"));
        try {
            container.start();
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
        return new ContainerBroker(container);
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void close() {
        container.close();
    }
}
