package dev.andon.simulate;

import dev.andon.domain.DnsSample.View;
import java.util.ArrayList;
import java.util.List;

/** Draws what DNS servers, workloads and Andon's probe saw in one tick. */
final class DnsTraffic {
    static final String WORKLOADS = "workloads";
    static final String PROBE = "andon-probe";

    private static final double PROBES_PER_SECOND = 4;
    private static final double NO_SUCH_NAME = 0.11;
    private static final double USUAL_FAILURES = 2e-5;

    private DnsTraffic() {}

    static List<Answered> draw(
            Draw draw, ClusterSpec spec, Conditions conditions, Resolver.Answers answers, double seconds) {
        List<Answered> answered = new ArrayList<>();
        double noSuchName = NO_SUCH_NAME * Math.exp(0.12 * draw.gaussian());
        double usual = USUAL_FAILURES * Math.exp(0.5 * draw.gaussian());
        int servers = spec.dnsServers();
        long broken = (long) Math.ceil(conditions.brokenResolvers * servers - 1e-9);
        double perServer = conditions.questions * seconds / servers;
        for (int i = 0; i < servers; i++) {
            double failing = usual + answers.serverFailing() + (i < broken ? answers.brokenFailing() : 0);
            long questions = draw.poisson(perServer * Math.exp(0.06 * draw.gaussian()));
            // A server does not know of the questions it never got or dropped.
            long heard = questions - draw.binomial(questions, conditions.unanswered);
            answered.add(Answered.draw(
                    draw,
                    spec.dnsServerName(i),
                    View.SERVER,
                    heard,
                    noSuchName,
                    Math.min(1, failing),
                    answers.stale(),
                    0));
        }
        // Workloads are watched through a sample of their resolvers, not each of them.
        long seen = draw.poisson(Math.min(conditions.questions, 400) * seconds);
        answered.add(Answered.draw(
                draw,
                WORKLOADS,
                View.CLIENT,
                seen,
                noSuchName,
                Math.min(1, usual + answers.clientFailing()),
                answers.stale(),
                Math.min(1, 1e-4 + conditions.unanswered)));
        long probes = Math.round(PROBES_PER_SECOND * seconds);
        double probeFailing = Math.min(1, answers.probeFailing());
        answered.add(Answered.draw(draw, PROBE, View.PROBE, probes, 0, probeFailing, 0, conditions.unanswered));
        return answered;
    }
}
