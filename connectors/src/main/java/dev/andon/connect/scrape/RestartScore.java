package dev.andon.connect.scrape;

/**
 * Tells a server that has started again from an address behind which several servers answer in turn, each of which looks
 * like a restart of the one before. Pure.
 *
 * @param points a restart adds two, a scrape that continues the last takes one away; in [0, {@value #MOST}]
 */
record RestartScore(int points) {
    static final RestartScore NONE = new RestartScore(0);

    private static final int SUSPICIOUS = 6;
    private static final int MOST = 12;

    RestartScore after(boolean restarted) {
        return new RestartScore(Math.max(0, Math.min(MOST, points + (restarted ? 2 : -1))));
    }

    /** @return whether restarts are so frequent that the address is probably a load balancer's */
    boolean suspicious() {
        return points >= SUSPICIOUS;
    }
}
