package dev.andon.simulate;

import dev.andon.domain.DnsSample.View;
import java.util.HashMap;
import java.util.Map;

/** DNS answers that one place gave or got, counted. */
final class Answered {
    private final String server;
    private final View view;
    private long noError;
    private long noSuchName;
    private long failed;
    private long timeouts;
    private long stale;

    Answered(String server, View view) {
        this.server = server;
        this.view = view;
    }

    /**
     * Draws the answers to a number of questions.
     *
     * @param noSuchNameShare share that is NXDOMAIN when all is well: search domains make it large
     */
    static Answered draw(
            Draw draw,
            String server,
            View view,
            long questions,
            double noSuchNameShare,
            double failing,
            double staleShare,
            double unanswered) {
        Answered answered = new Answered(server, view);
        answered.timeouts = draw.binomial(questions, unanswered);
        long answers = questions - answered.timeouts;
        answered.failed = draw.binomial(answers, failing);
        answered.noSuchName = draw.binomial(answers - answered.failed, noSuchNameShare);
        answered.noError = answers - answered.failed - answered.noSuchName;
        answered.stale = draw.binomial(answered.noError, staleShare);
        return answered;
    }

    /** @return both together, of the same server */
    static Answered plus(Answered one, Answered other) {
        Answered sum = new Answered(one.server, one.view);
        sum.noError = one.noError + other.noError;
        sum.noSuchName = one.noSuchName + other.noSuchName;
        sum.failed = one.failed + other.failed;
        sum.timeouts = one.timeouts + other.timeouts;
        sum.stale = one.stale + other.stale;
        return sum;
    }

    String server() {
        return server;
    }

    View view() {
        return view;
    }

    long noError() {
        return noError;
    }

    long noSuchName() {
        return noSuchName;
    }

    long failed() {
        return failed;
    }

    long timeouts() {
        return timeouts;
    }

    long stale() {
        return stale;
    }

    long responses() {
        return noError + noSuchName + failed;
    }

    Map<String, Long> rcodes() {
        Map<String, Long> rcodes = new HashMap<>();
        if (noError > 0) rcodes.put("NOERROR", noError);
        if (noSuchName > 0) rcodes.put("NXDOMAIN", noSuchName);
        if (failed > 0) rcodes.put("SERVFAIL", failed);
        return rcodes;
    }
}
