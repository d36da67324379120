package dev.andon.simulate;

import java.util.List;

/** How the requests of one kind spread over the resources that a metrics page tells apart. */
final class ApiserverRows {
    /**
     * One series of the page.
     *
     * @param group API group, empty for the core
     * @param share of the ordinary requests of its kind, in [0, 1]; those of a kind add up to 1
     */
    record Row(String group, String version, String resource, String subresource, double share) {}

    private ApiserverRows() {}

    /** @return the rows of a kind; the first is where rolled out programs ask */
    static List<Row> of(RequestClass kind) {
        return switch (kind) {
            case GET ->
                List.of(
                        new Row("", "v1", "pods", "", 0.3),
                        new Row("", "v1", "nodes", "", 0.25),
                        new Row("", "v1", "configmaps", "", 0.2),
                        new Row("coordination.k8s.io", "v1", "leases", "", 0.25));
            case LIST_NAMESPACE ->
                List.of(
                        new Row("", "v1", "configmaps", "", 0.4),
                        new Row("", "v1", "secrets", "", 0.3),
                        new Row("", "v1", "pods", "", 0.3));
            case LIST_CLUSTER ->
                List.of(
                        new Row("", "v1", "pods", "", 0.4),
                        new Row("", "v1", "services", "", 0.3),
                        new Row("discovery.k8s.io", "v1", "endpointslices", "", 0.3));
            case PUT ->
                List.of(
                        new Row("coordination.k8s.io", "v1", "leases", "", 0.9),
                        new Row("", "v1", "endpoints", "", 0.1));
            case PATCH ->
                List.of(
                        new Row("", "v1", "nodes", "status", 0.4),
                        new Row("", "v1", "pods", "status", 0.4),
                        new Row("", "v1", "events", "", 0.2));
            case POST ->
                List.of(
                        new Row("", "v1", "events", "", 0.5),
                        new Row("", "v1", "pods", "binding", 0.3),
                        new Row("", "v1", "pods", "", 0.2));
            case DELETE -> List.of(new Row("", "v1", "pods", "", 0.8), new Row("", "v1", "events", "", 0.2));
        };
    }
}
