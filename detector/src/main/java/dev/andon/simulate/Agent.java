package dev.andon.simulate;

/** What a rolled out program does to the cluster it runs in. */
public sealed interface Agent {
    /** @return whether the program can hurt a cluster */
    boolean harmful();

    /** Adds what the program does at this dose. */
    void act(Conditions conditions, ClusterSpec spec, String identity, Dose dose);

    /**
     * A well-behaved program: cached reads, a small PATCH now and then.
     *
     * @param expectedRise what it costs everybody at full coverage: 0.05 makes requests 5 % slower
     */
    record Benign(double expectedRise) implements Agent {
        @Override
        public boolean harmful() {
            return false;
        }

        @Override
        public void act(Conditions conditions, ClusterSpec spec, String identity, Dose dose) {
            if (dose.updated() == 0) return;
            conditions.multiplyWork(1 + expectedRise * dose.share());
            conditions.loads.add(new Load(RequestClass.GET, identity, dose.updated(), 30, 0.0018));
            conditions.loads.add(new Load(RequestClass.PATCH, identity, dose.updated(), 60, 0.004));
        }
    }

    /**
     * Every updated node LISTs all pods of the cluster from etcd: N nodes times O(N) cost. The telemetry agent of
     * 2024-12-11.
     *
     * @param periodSeconds pause between two LISTs of one node
     * @param secondsPerPod work per pod in the answer; about 13 µs for an unpaginated LIST from etcd
     */
    record ListsThePods(double periodSeconds, double secondsPerPod) implements Agent {
        @Override
        public boolean harmful() {
            return true;
        }

        @Override
        public void act(Conditions conditions, ClusterSpec spec, String identity, Dose dose) {
            if (dose.updated() == 0) return;
            double nodes = dose.share() * spec.nodes();
            conditions.loads.add(new Load(
                    RequestClass.LIST_CLUSTER, identity, nodes, periodSeconds, 0.001 + secondsPerPod * spec.pods()));
        }
    }

    /**
     * Every updated node writes its status far too often.
     *
     * @param periodSeconds pause between two writes of one node
     */
    record Writes(double periodSeconds) implements Agent {
        @Override
        public boolean harmful() {
            return true;
        }

        @Override
        public void act(Conditions conditions, ClusterSpec spec, String identity, Dose dose) {
            if (dose.updated() == 0) return;
            double nodes = dose.share() * spec.nodes();
            conditions.loads.add(new Load(RequestClass.PATCH, identity, nodes, periodSeconds, 0.006));
            // Each write is fanned out to every watcher and fills etcd's log: all writes wait for it.
            double excess = nodes / periodSeconds / Math.max(1, conditions.rate[RequestClass.PATCH.index()]);
            for (RequestClass kind : RequestClass.all()) {
                if (kind.writes()) conditions.work[kind.index()] *= 1 + 0.06 * excess;
            }
        }
    }

    /**
     * Harmless until a share of the nodes runs it, then a shared cache tips over and every request costs more (Slack
     * 2022-02-22: two clean steps, the third tipped).
     *
     * @param threshold coverage at which it tips, in (0, 1)
     * @param factor on all service times once it has tipped
     */
    record Tips(double threshold, double factor) implements Agent {
        @Override
        public boolean harmful() {
            return true;
        }

        @Override
        public void act(Conditions conditions, ClusterSpec spec, String identity, Dose dose) {
            if (dose.share() <= threshold) return;
            double over = Math.min(1, (dose.share() - threshold) / (0.25 * (1 - threshold)));
            conditions.multiplyWork(1 + (factor - 1) * over);
        }
    }

    /**
     * Each updated place costs more the longer it runs.
     *
     * @param perMinute rise of all service times per minute of mean age at full coverage
     */
    record Leaks(double perMinute) implements Agent {
        @Override
        public boolean harmful() {
            return true;
        }

        @Override
        public void act(Conditions conditions, ClusterSpec spec, String identity, Dose dose) {
            conditions.multiplyWork(1 + perMinute * dose.share() * dose.meanAgeSeconds() / 60);
        }
    }

    /**
     * Breaks name resolution where it is installed.
     *
     * @param failingShare questions that an updated resolver cannot answer once its cache has run out, in [0, 1]
     */
    record BreaksDns(double failingShare) implements Agent {
        @Override
        public boolean harmful() {
            return true;
        }

        @Override
        public void act(Conditions conditions, ClusterSpec spec, String identity, Dose dose) {
            if (dose.share() <= conditions.brokenResolvers) return;
            conditions.brokenResolvers = dose.share();
            conditions.brokenShare = failingShare;
        }
    }

    /**
     * Acts in some periods and not in others; the share of bad periods follows coverage (Cloudflare 2025-11-18: a bad
     * file only when the query hit an updated node).
     */
    record Flaps(Agent inner, double periodSeconds) implements Agent {
        private static final double GOLDEN_RATIO = 0.6180339887498949;

        @Override
        public boolean harmful() {
            return inner.harmful();
        }

        @Override
        public void act(Conditions conditions, ClusterSpec spec, String identity, Dose dose) {
            double turn = Math.floor(dose.elapsedSeconds() / periodSeconds) * GOLDEN_RATIO;
            if (turn - Math.floor(turn) < dose.share()) inner.act(conditions, spec, identity, dose);
        }
    }
}
