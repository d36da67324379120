package dev.andon.service;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single-node Kafka (KRaft broker and controller) in this JVM, for the demo and for small installs. Its data directory
 * is kept and can be used again, under another port if need be.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int PORT_ATTEMPTS = 5;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(9);

    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final String bootstrapServers;

    /**
     * Where the broker keeps its data and where it listens.
     *
     * @param dataDirectory created when missing; one process at a time
     * @param host address to listen on and to advertise
     * @param port port for clients, 1 to 65535, or 0 for any free one
     * @param overrides Kafka broker settings that win over ours
     */
    public record Settings(Path dataDirectory, String host, int port, Map<String, String> overrides) {
        public Settings {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port must be in [0, 65535] but was " + port);
            }
            overrides = Map.copyOf(overrides);
        }

        /** On loopback, on any free port. */
        public static Settings in(Path dataDirectory) {
            return new Settings(dataDirectory, "127.0.0.1", 0, Map.of());
        }

        public Settings withPort(int newPort) {
            return new Settings(dataDirectory, host, newPort, overrides);
        }
    }

    private EmbeddedKafka(KafkaRaftServer server, DirectoryLock lock, String bootstrapServers) {
        this.server = server;
        this.lock = lock;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Returns when the broker answers clients and its coordinators are ready.
     *
     * @throws StartException when the directory or the port cannot be used
     */
    public static EmbeddedKafka start(Settings settings) {
        DirectoryLock lock = DirectoryLock.take(settings.dataDirectory());
        try {
            BrokerStorage storage = new BrokerStorage(settings.dataDirectory());
            storage.prepare(BrokerConfig.NODE_ID, BrokerConfig.CONTROLLER);
            KafkaExit.intercept();
            return startOnAPort(settings, storage, lock);
        } catch (RuntimeException | Error e) {
            release(lock);
            throw e;
        }
    }

    private static EmbeddedKafka startOnAPort(Settings settings, BrokerStorage storage, DirectoryLock lock) {
        for (int attempt = 1; ; attempt++) {
            int port = settings.port() == 0 ? freePort(settings.host()) : settings.port();
            requireFree(settings.host(), port);
            Map<String, String> config = BrokerConfig.of(settings, storage.logs(), port, freePort("127.0.0.1"));
            try {
                KafkaRaftServer server = startServer(config);
                EmbeddedKafka kafka = new EmbeddedKafka(server, lock, settings.host() + ":" + port);
                Coordinators.await(kafka.bootstrapServers());
                return kafka;
            } catch (RuntimeException e) {
                // Between finding a free port and using it somebody else may have taken it.
                if (!causedByBind(e) || attempt == PORT_ATTEMPTS) {
                    throw explained(settings, port, e);
                }
                LOG.debug("port {} was taken before the broker could use it, trying another", port, e);
            }
        }
    }

    private static KafkaRaftServer startServer(Map<String, String> config) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException | Error e) {
            stop(server, CLOSE_TIMEOUT);
            throw e;
        }
    }

    private static StartException explained(Settings settings, int port, RuntimeException e) {
        if (e instanceof StartException already) {
            return already;
        }
        if (causedByBind(e)) {
            return portTaken(settings.host(), port, e);
        }
        return new StartException(
                "the embedded broker in " + settings.dataDirectory() + " did not start: " + rootMessage(e), e);
    }

    private static StartException portTaken(String host, int port, Exception cause) {
        return new StartException(
                "port " + port + " on " + host + " is taken; stop the program that uses it or set kafka.port: 0"
                        + " to pick a free one",
                cause);
    }

    /** Returns {@code host:port} for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Returns why the broker gave up, when it did. */
    public Optional<String> fault() {
        return KafkaExit.lastFault();
    }

    /** Stops within ten seconds; the data stays. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    void close(Duration limit) {
        stop(server, limit);
        release(lock);
    }

    private static void stop(KafkaRaftServer server, Duration limit) {
        StopWithin.limit(limit, "the embedded broker", server::shutdown);
    }

    private static void release(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the lock of the data directory was not released: {}", e.getMessage());
        }
    }

    private static int freePort(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (UnknownHostException e) {
            throw new StartException("the host " + host + " of the embedded broker is not known on this machine", e);
        } catch (IOException e) {
            throw new StartException("no free port was found on " + host + ": " + e.getMessage(), e);
        }
    }

    private static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw portTaken(host, port, e);
        }
    }

    private static boolean causedByBind(Throwable e) {
        return causes(e).anyMatch(BindException.class::isInstance);
    }

    private static String rootMessage(Throwable e) {
        return causes(e)
                .reduce((outer, inner) -> inner)
                .map(Throwable::getMessage)
                .orElse(e.toString());
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, t -> t != null, Throwable::getCause);
    }
}
