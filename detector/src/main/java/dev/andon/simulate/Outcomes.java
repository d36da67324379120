package dev.andon.simulate;

/** Draws how requests ended, so that the codes of a tally add up to its requests. */
final class Outcomes {
    private static final double NOT_FOUND = 0.004;
    private static final double CONFLICT = 0.01;

    private Outcomes() {}

    static void draw(Tally tally, Draw draw, RequestClass kind, long requests, Instance instance) {
        boolean list = kind == RequestClass.LIST_CLUSTER;
        long rejected = list ? draw.binomial(requests, instance.rejected) : 0;
        long timedOut = list ? draw.binomial(requests - rejected, instance.timedOut) : 0;
        long others = requests - rejected - timedOut;
        long missing = kind == RequestClass.GET ? draw.binomial(others, NOT_FOUND) : 0;
        long conflicts = kind == RequestClass.PUT ? draw.binomial(others, CONFLICT) : 0;
        tally.ended(Outcome.REJECTED, rejected);
        tally.ended(Outcome.TIMED_OUT, timedOut);
        tally.ended(Outcome.NOT_FOUND, missing);
        tally.ended(Outcome.CONFLICT, conflicts);
        tally.ended(Outcome.SUCCESS, others - missing - conflicts);
    }

    /** @return who mostly asks this in an ordinary cluster, as an audit log names it */
    static String ordinaryClient(RequestClass kind) {
        return switch (kind) {
            case GET, PUT, PATCH -> "system:nodes";
            case LIST_NAMESPACE, POST, DELETE -> "system:kube-controller-manager";
            case LIST_CLUSTER -> "dashboard/1.4";
        };
    }
}
