package dev.andon.connect.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.Json;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How one kind of object is stopped. All of it is merge patches (RFC 7386) of a few fields; what those fields held before
 * is kept in an annotation of the object itself, so that a CLEAR restores exactly that, whoever carries it out.
 */
enum Brake {
    /** The deployment controller makes no further replica set progress; pods that exist stay. */
    DEPLOYMENT("apis/apps/v1", "deployments", false) {
        @Override
        ObjectNode stop(JsonNode object) {
            return spec("paused", JsonNodeFactory.instance.booleanNode(true));
        }

        @Override
        boolean stopped(JsonNode object) {
            return object.path("spec").path("paused").asBoolean();
        }
    },

    /**
     * A rolling update stops with OnDelete. The first rollout of a DaemonSet is paced by nothing, so there only a node
     * selector that matches no node stops it, which takes the pods away that already run.
     */
    DAEMON_SET("apis/apps/v1", "daemonsets", false) {
        @Override
        ObjectNode stop(JsonNode object) {
            ObjectNode patch = Json.object();
            ObjectNode spec = patch.putObject("spec");
            spec.putObject("updateStrategy").put("type", "OnDelete").putNull("rollingUpdate");
            if (wasFirst(object)) {
                spec.putObject("template")
                        .putObject("spec")
                        .putObject("nodeSelector")
                        .put(LABEL, "true");
            }
            return patch;
        }

        @Override
        boolean stopped(JsonNode object) {
            JsonNode spec = object.path("spec");
            boolean kept = spec.path("updateStrategy").path("type").asText().equals("OnDelete");
            return kept && (!wasFirst(object) || selector(object).has(LABEL));
        }

        @Override
        long coverage(JsonNode object) {
            return object.path("status").path("updatedNumberScheduled").asLong();
        }

        /** Halting changes the template itself, so afterwards the annotation has to tell. */
        private boolean wasFirst(JsonNode object) {
            JsonNode before = Halted.before(object);
            return before.isMissingNode()
                    ? firstTime(object)
                    : before.path("spec").path("template").isObject();
        }

        private boolean firstTime(JsonNode object) {
            String generation = object.path("metadata")
                    .path("annotations")
                    .path("deprecated.daemonset.template.generation")
                    .asText("");
            return generation.isEmpty()
                    ? object.path("metadata").path("generation").asLong() == 1
                    : generation.equals("1");
        }

        private JsonNode selector(JsonNode object) {
            return object.path("spec").path("template").path("spec").path("nodeSelector");
        }
    },

    /** A partition above every ordinal keeps the old pods; a first rollout is kept at the size that it has. */
    STATEFUL_SET("apis/apps/v1", "statefulsets", false) {
        @Override
        ObjectNode stop(JsonNode object) {
            JsonNode status = object.path("status");
            ObjectNode patch = Json.object();
            ObjectNode spec = patch.putObject("spec");
            boolean first = status.path("currentRevision").equals(status.path("updateRevision"))
                    && status.path("replicas").asLong() < wanted(object);
            if (Halted.before(object).isMissingNode() ? first : size(object).isPresent()) {
                spec.put("replicas", Math.min(status.path("replicas").asLong(), wanted(object)));
            }
            spec.putObject("updateStrategy")
                    .put("type", "RollingUpdate")
                    .putObject("rollingUpdate")
                    .put("partition", Math.max(1, wanted(object)));
            return patch;
        }

        @Override
        boolean stopped(JsonNode object) {
            JsonNode spec = object.path("spec");
            long partition = spec.path("updateStrategy")
                    .path("rollingUpdate")
                    .path("partition")
                    .asLong();
            boolean grows = size(object).isPresent() && spec.path("replicas").asLong(1) >= wanted(object);
            return partition >= Math.max(1, wanted(object)) && !grows;
        }

        /** The size that it had before it was halted, where that was changed. */
        private OptionalLong size(JsonNode object) {
            JsonNode before = Halted.before(object).path("spec").path("replicas");
            return before.isNumber() ? OptionalLong.of(before.asLong()) : OptionalLong.empty();
        }

        private long wanted(JsonNode object) {
            return size(object).orElse(object.path("spec").path("replicas").asLong(1));
        }
    },

    /** Abort, which is a matter of the status: GitOps reverts what is in the spec. */
    ARGO_ROLLOUT("apis/argoproj.io/v1alpha1", "rollouts", true) {
        @Override
        ObjectNode stop(JsonNode object) {
            ObjectNode patch = Json.object();
            patch.putObject("status").put("abort", true);
            return patch;
        }

        @Override
        boolean stopped(JsonNode object) {
            return object.path("status").path("abort").asBoolean();
        }
    },

    /** Pause, which is a matter of the spec: pods and traffic stay as they are. A GitOps controller may revert it. */
    ARGO_ROLLOUT_PAUSE("apis/argoproj.io/v1alpha1", "rollouts", false) {
        @Override
        ObjectNode stop(JsonNode object) {
            return spec("paused", JsonNodeFactory.instance.booleanNode(true));
        }

        @Override
        boolean stopped(JsonNode object) {
            return object.path("spec").path("paused").asBoolean();
        }
    },

    /** Flagger leaves the traffic and the canary as they are while the Canary is suspended. */
    FLAGGER_CANARY("apis/flagger.app/v1beta1", "canaries", false) {
        @Override
        ObjectNode stop(JsonNode object) {
            return spec("suspend", JsonNodeFactory.instance.booleanNode(true));
        }

        @Override
        boolean stopped(JsonNode object) {
            return object.path("spec").path("suspend").asBoolean();
        }

        @Override
        long coverage(JsonNode object) {
            return object.path("status").path("canaryWeight").asLong();
        }
    };

    /** A node selector that no node has. */
    static final String LABEL = "andon.dev/halted";

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private final String group;
    private final String resource;
    private final boolean inStatus;

    Brake(String group, String resource, boolean inStatus) {
        this.group = group;
        this.resource = resource;
        this.inStatus = inStatus;
    }

    /** The patch that stops this object. */
    abstract ObjectNode stop(JsonNode object);

    /** Whether its fields say that it is stopped. */
    abstract boolean stopped(JsonNode object);

    /** How much runs the new revision; must not grow once it is stopped. */
    long coverage(JsonNode object) {
        return object.path("status").path("updatedReplicas").asLong();
    }

    /** Whether what stops it stands in the status, and is patched there. */
    boolean inStatus() {
        return inStatus;
    }

    /** Whether its controller has seen what the fields say. */
    boolean seen(JsonNode object) {
        JsonNode seen = object.path("status").path("observedGeneration");
        // Argo writes it as text, long ago that of a hash; Flagger not at all.
        boolean counts = seen.isNumber() || DIGITS.matcher(seen.asText()).matches();
        return inStatus
                || !counts
                || seen.asLong() >= object.path("metadata").path("generation").asLong();
    }

    /** Below the address of the apiserver. */
    String path(String namespace, String name) {
        return "/" + group + "/namespaces/" + namespace + "/" + resource + "/" + name;
    }

    String resource() {
        return resource;
    }

    private static ObjectNode spec(String field, JsonNode value) {
        ObjectNode patch = Json.object();
        patch.putObject("spec").set(field, value);
        return patch;
    }
}
