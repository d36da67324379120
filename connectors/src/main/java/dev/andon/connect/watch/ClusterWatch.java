package dev.andon.connect.watch;

import dev.andon.schema.Controller;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Workload;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one cluster and says what has changed. An API server that is away, that ends a watch or answers that a version
 * is gone (410) is asked again by the informers for as long as it takes; what has happened meanwhile follows from the
 * difference.
 */
final class ClusterWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesWatchSourceTask.class);

    private final WatchSettings settings;
    private final KubernetesClient client;
    private final Clock clock;
    private final Function<String, Optional<Known>> stored;
    private final Telling telling;
    private final PodCoverage pods;
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();
    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, Seen> fresh = new HashMap<>();
    private final AtomicBoolean failing = new AtomicBoolean();

    /** Who is told. */
    interface Telling {
        /** Called by a thread of the client; may block until there is room. */
        void tell(String object, Known said, RolloutEvent event);
    }

    /** @param stored what was said of an object before a restart */
    ClusterWatch(
            WatchSettings settings,
            KubernetesClient client,
            Clock clock,
            Function<String, Optional<Known>> stored,
            Telling telling) {
        this.settings = settings;
        this.client = client;
        this.clock = clock;
        this.stored = stored;
        this.telling = telling;
        this.pods = new PodCoverage(client);
    }

    /** Begins to watch and does not wait for the first answer. */
    void start() {
        settings.kinds().forEach(kind -> settings.namespaces().forEach(namespace -> start(kind, namespace)));
    }

    private void start(WatchedKind kind, String namespace) {
        var context = new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withKind(kind == WatchedKind.HELM_RELEASE ? "Secret" : kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(true)
                .build();
        var all = client.genericKubernetesResources(context);
        var chosen = namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace);
        SharedIndexInformer<GenericKubernetesResource> informer =
                labelled(kind, chosen).runnableInformer(0);
        informer.itemStore(new TrimmedStore());
        informer.exceptionHandler((started, failure) -> retry(kind, failure));
        informer.addEventHandler(new Handler(kind));
        informers.add(informer);
        var unused = informer.start();
    }

    private io.fabric8.kubernetes.client.dsl.Informable<GenericKubernetesResource> labelled(
            WatchedKind kind,
            FilterWatchListDeletable<
                            GenericKubernetesResource,
                            ?,
                            io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource>>
                    chosen) {
        return switch (kind) {
            case CONFIG_MAP, SECRET -> chosen.withLabelSelector(settings.configSelector());
            case HELM_RELEASE -> chosen.withLabelSelector("owner=helm");
            case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, ROLLOUT, CANARY -> chosen;
        };
    }

    /**
     * Said once when it begins; the informer itself asks again, with pauses that grow. Waits for nobody: the client calls
     * it in the one thread that wakes the informers of all clusters of this worker.
     */
    private boolean retry(WatchedKind kind, Throwable failure) {
        if (failing.compareAndSet(false, true)) {
            LOG.warn(
                    "Watching {} of {} failed and is tried again: {}",
                    kind.plural(),
                    settings.cluster(),
                    failure.getMessage());
        }
        return true;
    }

    /** @return whether every kind has been listed at least once */
    boolean synced() {
        return informers.stream().allMatch(SharedIndexInformer::hasSynced);
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
        pods.close();
        client.close();
    }

    private synchronized void saw(WatchedKind kind, GenericKubernetesResource object) {
        failing.set(false);
        Reading.of(kind, object).ifPresent(this::saw);
    }

    private void saw(Seen seen) {
        String object = seen.id();
        Optional<Known> before = Optional.ofNullable(known.get(object)).or(() -> stored.apply(object));
        // Only the newest revision of a release counts; older secrets are listed too, in any order.
        if (seen.kind() == WatchedKind.HELM_RELEASE && before.isPresent() && older(seen, before.get())) {
            return;
        }
        Seen counted = counted(seen, before);
        Tracking.Step step = Tracking.step(before, counted, clock.instant());
        known.put(object, step.next());
        if (step.next().settled() && fresh.remove(object) != null) {
            pods.forget(seen.uid());
        }
        if (step.tell()) {
            telling.tell(object, step.next(), event(counted, step.next()));
        }
    }

    /** A DaemonSet in its first revision is counted by its pods, until they are all there. */
    private Seen counted(Seen seen, Optional<Known> before) {
        if (seen.kind() != WatchedKind.DAEMON_SET || seen.total().isEmpty()) {
            return seen;
        }
        boolean first = before.isEmpty()
                ? seen.created()
                        .filter(created -> created.plus(Tracking.RECENT).isAfter(clock.instant()))
                        .isPresent()
                : !before.get().uid().equals(seen.uid())
                        || (before.get().previous().isEmpty()
                                && !before.get().settled()
                                && before.get().revision().equals(seen.revision()));
        if (!first) {
            return seen;
        }
        fresh.put(seen.id(), seen);
        return seen.covering(pods.count(seen, () -> recount(seen.id())));
    }

    private synchronized void recount(String object) {
        Seen last = fresh.get(object);
        if (last != null) {
            saw(last);
        }
    }

    private static boolean older(Seen seen, Known before) {
        return version(seen.revision()) < version(before.revision());
    }

    private static long version(String revision) {
        try {
            return Long.parseLong(revision.substring(1));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return 0;
        }
    }

    private synchronized void gone(WatchedKind kind, GenericKubernetesResource object) {
        // Helm deletes old revisions; that ends nothing.
        if (kind == WatchedKind.HELM_RELEASE) {
            return;
        }
        String id = kind.kind() + "/" + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
        Known before = known.remove(id);
        Seen last = fresh.remove(id);
        if (last != null) {
            pods.forget(last.uid());
        }
        if (before == null) {
            return;
        }
        Tracking.Step step = Tracking.gone(before);
        if (step.tell()) {
            telling.tell(id, step.next(), event(kind, object, step.next()));
        }
    }

    private RolloutEvent event(Seen seen, Known said) {
        return event(seen.kind(), seen.namespace(), seen.name(), said)
                .setIdentity(seen.identity().orElse(null))
                .setController(Controller.newBuilder()
                        .setType(seen.controllerType())
                        .setReference(seen.namespace() + "/" + seen.name())
                        .build())
                .build();
    }

    private RolloutEvent event(WatchedKind kind, GenericKubernetesResource object, Known said) {
        return event(
                        kind,
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName(),
                        said)
                .build();
    }

    private RolloutEvent.Builder event(WatchedKind kind, String namespace, String name, Known said) {
        Instant now = clock.instant();
        return RolloutEvent.newBuilder()
                .setTime(now)
                .setRolloutId(said.rolloutId())
                .setCluster(settings.cluster())
                .setPhase(said.phase())
                .setWorkload(Workload.newBuilder()
                        .setKind(kind.kind())
                        .setNamespace(namespace)
                        .setName(name)
                        .build())
                .setRevision(said.phase() == Phase.ROLLED_BACK ? said.previous() : said.revision())
                .setUpdated(boxed(said.updated()))
                .setTotal(boxed(said.total()));
    }

    @SuppressWarnings("NullAway") // the generated setters take null for a field that is absent
    private static Long boxed(OptionalLong count) {
        return count.isPresent() ? (Long) count.getAsLong() : null;
    }

    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {
        private final WatchedKind kind;

        private Handler(WatchedKind kind) {
            this.kind = kind;
        }

        @Override
        public void onAdd(GenericKubernetesResource object) {
            saw(kind, object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            saw(kind, object);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean unknownFinalState) {
            gone(kind, object);
        }
    }
}
