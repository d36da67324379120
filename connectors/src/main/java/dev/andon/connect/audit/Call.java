package dev.andon.connect.audit;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request that an API server has answered.
 *
 * @param endMillis when the answer was complete, since the epoch
 * @param latencySeconds from the first byte of the request to then, {@code >= 0}
 * @param key who asked for what
 * @param code of HTTP, 0 when not known
 */
record Call(long endMillis, double latencySeconds, Key key, int code) {
    private static final Map<String, String> VERBS = Map.of(
            "get", "GET",
            "list", "LIST",
            "create", "POST",
            "update", "PUT",
            "patch", "PATCH",
            "delete", "DELETE",
            "deletecollection", "DELETE");

    /** These stream for as long as their client likes, whatever their verb. */
    private static final Set<String> STREAMING = Set.of("log", "exec", "attach", "portforward", "proxy");

    private static final String NODE = "system:node:";
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    /**
     * What calls are summed up by.
     *
     * @param client service account, or user and program
     * @param verb as the metrics of the API server call it
     * @param scope {@code resource}, {@code namespace} or {@code cluster}
     */
    record Key(String client, String verb, String scope) {}

    /** The parts of an audit event that matter; empty where it does not have them. */
    static final class Draft {
        String stage = "";
        String verb = "";
        String user = "";
        String userAgent = "";
        String resource = "";
        String subresource = "";
        String namespace = "";
        String name = "";
        String received = "";
        String ended = "";
        int code;

        /** @return who asked for what; empty when its length is not the server's doing, or it is about no resource */
        Optional<Key> key() {
            String known = VERBS.get(verb);
            if (!stage.equals("ResponseComplete")
                    || known == null
                    || resource.isEmpty()
                    || STREAMING.contains(subresource)) {
                return Optional.empty();
            }
            // As the API server's own metrics say it.
            String scope = !name.isEmpty() || verb.equals("create")
                    ? "resource"
                    : namespace.isEmpty() ? "cluster" : "namespace";
            return Optional.of(new Key(client(user, userAgent), known, scope));
        }
    }

    /**
     * A service account is one program. Other users are shared by several, so the program is said too. All nodes are one
     * client: a cluster has thousands.
     */
    static String client(String user, String userAgent) {
        if (user.startsWith(SERVICE_ACCOUNT)) {
            return user;
        }
        String who = user.startsWith(NODE) ? "system:nodes" : user;
        int blank = userAgent.indexOf(' ');
        String program = blank < 0 ? userAgent : userAgent.substring(0, blank);
        return program.isEmpty() ? who : who + " (" + program + ")";
    }
}
