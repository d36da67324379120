package dev.andon.simulate;

/**
 * Name resolution of one cluster between two ticks, as means. Its source of truth is the control plane: when that
 * fails, cached answers are served stale until they run out, and only then do clients see errors.
 *
 * @param staleSeconds for how long the source has been failing
 * @param broken share of answers of broken resolvers that fail, after their own caches, in [0, 1]
 * @param upstream share of answers that fail because of the upstream, after caches, in [0, 1]
 */
record Resolver(double staleSeconds, double broken, double upstream) {
    static final Resolver FRESH = new Resolver(0, 0, 0);

    /** Backlog of the apiservers from which on watches break, and at which none is left. */
    private static final double SYNC_FAILS_FROM_SECONDS = 3;

    private static final double SYNC_FAILS_FULLY_SECONDS = 10;
    /** Part of the cache lifetime in which nothing has run out yet: records are refreshed ahead of time. */
    private static final double SERVERS_HOLD = 0.6;

    private static final double CLIENTS_HOLD = 0.75;
    private static final double LONGEST_LOCAL_TTL_SECONDS = 20;

    /**
     * What is answered in one tick.
     *
     * @param serverFailing share of a server's answers that are SERVFAIL while its source fails
     * @param brokenFailing the same for a resolver whose configuration is broken, on top
     * @param stale share of answers that are stale
     * @param clientFailing share of answers that fail at the workloads
     * @param probeFailing share of cache-bypassing look-ups that fail
     */
    record Answers(
            double serverFailing, double brokenFailing, double stale, double clientFailing, double probeFailing) {}

    Resolver step(Conditions conditions, double backlogSeconds, double cacheSeconds, double seconds) {
        double failing = sourceFailing(backlogSeconds);
        double staleNext = failing > 0.1 ? staleSeconds + seconds : Math.max(0, staleSeconds - 10 * seconds);
        double follow = 1 - Math.exp(-seconds / Math.max(1, Math.min(cacheSeconds, LONGEST_LOCAL_TTL_SECONDS)));
        double brokenNext = broken + (conditions.brokenShare - broken) * follow;
        double upstreamNext = upstream + (conditions.upstreamFailing - upstream) * follow;
        return new Resolver(staleNext, brokenNext, upstreamNext);
    }

    Answers answers(Conditions conditions, double backlogSeconds, double cacheSeconds) {
        double failing = sourceFailing(backlogSeconds);
        double atServers = failing * 0.9 * expired(cacheSeconds, SERVERS_HOLD);
        double atClients = failing * 0.9 * expired(cacheSeconds, CLIENTS_HOLD);
        double stale = failing * 0.4 * Math.min(1, staleSeconds / 10) * (1 - expired(cacheSeconds, SERVERS_HOLD));
        double byResolver = conditions.brokenResolvers * broken;
        return new Answers(
                either(atServers, upstream),
                broken,
                stale,
                either(either(atClients, upstream), byResolver),
                either(
                        either(failing, conditions.upstreamFailing),
                        conditions.brokenResolvers * conditions.brokenShare));
    }

    private static double sourceFailing(double backlogSeconds) {
        double over = backlogSeconds - SYNC_FAILS_FROM_SECONDS;
        return Math.min(1, Math.max(0, over / (SYNC_FAILS_FULLY_SECONDS - SYNC_FAILS_FROM_SECONDS)));
    }

    private double expired(double cacheSeconds, double hold) {
        double age = staleSeconds / Math.max(1, cacheSeconds);
        return Math.min(1, Math.max(0, (age - hold) / (1 - hold)));
    }

    /** Probability that at least one of two independent things fails. */
    private static double either(double one, double other) {
        return one + other - one * other;
    }
}
