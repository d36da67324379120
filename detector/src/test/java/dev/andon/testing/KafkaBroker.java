package dev.andon.testing;

/** A running single-node broker, shared by all tests of the JVM: a test makes its own topics, groups and ids. */
public interface KafkaBroker extends AutoCloseable {
    /** @return what a client puts into {@code bootstrap.servers} */
    String bootstrapServers();

    /** Stops the broker and deletes what it stored. */
    @Override
    void close();
}
