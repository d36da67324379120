package dev.andon.connect.totals;

import dev.andon.connect.exposition.Labels;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The requests that are comparable over time and are told apart: everything else on the page is summed up.
 *
 * @param verb GET, LIST, POST, PUT, PATCH or DELETE
 * @param scope {@code resource}, {@code namespace} or {@code cluster}
 */
record RequestClass(String verb, String scope) {
    /** Verbs of kube-apiserver and what they are here. Watches and connections last as long as their client likes. */
    private static final Map<String, String> VERBS = Map.of(
            "GET", "GET",
            "LIST", "LIST",
            "POST", "POST",
            "PUT", "PUT",
            "PATCH", "PATCH",
            "APPLY", "PATCH",
            "DELETE", "DELETE",
            "DELETECOLLECTION", "DELETE");

    /** Requests that are not about resources have an empty scope. */
    private static final Set<String> SCOPES = Set.of("resource", "namespace", "cluster");

    /** These stream for as long as their client likes, whatever their verb. */
    private static final Set<String> STREAMING = Set.of("log", "exec", "attach", "portforward", "proxy");

    /** @return the class of a series; empty when its requests are not counted */
    static Optional<RequestClass> of(Labels series) {
        String verb = VERBS.get(series.get("verb"));
        String scope = series.get("scope");
        return verb == null || !SCOPES.contains(scope) || STREAMING.contains(series.get("subresource"))
                ? Optional.empty()
                : Optional.of(new RequestClass(verb, scope));
    }
}
