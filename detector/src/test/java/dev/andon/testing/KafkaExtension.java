package dev.andon.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the broker when the first test asks for it; JUnit closes it with the root context, after the last test. */
final class KafkaExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KafkaExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaBroker.class;
    }

    @Override
    public KafkaBroker resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(KafkaBroker.class, key -> start(), KafkaBroker.class);
    }

    private static KafkaBroker start() {
        Machine machine = Machine.current();
        return switch (BrokerKind.parse(System.getProperty(BrokerKind.PROPERTY))) {
            case EMBEDDED -> EmbeddedBroker.start();
            case TESTCONTAINERS -> ContainerBroker.start(machine);
        };
    }
}
