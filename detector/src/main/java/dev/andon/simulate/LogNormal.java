package dev.andon.simulate;

/**
 * A log-normal distribution of latencies in seconds.
 *
 * @param mu mean of the logarithm
 * @param sigma standard deviation of the logarithm, {@code > 0}
 */
record LogNormal(double mu, double sigma) {
    /** @return the distribution with this mean (seconds) and this coefficient of variation */
    static LogNormal ofMean(double mean, double variation) {
        double variance = Math.log1p(variation * variation);
        return new LogNormal(Math.log(mean) - variance / 2, Math.sqrt(variance));
    }

    double mean() {
        return Math.exp(mu + sigma * sigma / 2);
    }

    /** @return the latency that this share of requests does not exceed; {@code normalQuantile} is that of N(0, 1) */
    double quantile(double normalQuantile) {
        return Math.exp(mu + sigma * normalQuantile);
    }

    double draw(Draw draw) {
        return Math.exp(mu + sigma * draw.gaussian());
    }

    /** @return probability that a latency is at most {@code exp(logBound)} */
    double below(double logBound) {
        return normalBelow((logBound - mu) / sigma);
    }

    /** @return mean of the part at most {@code exp(logBound)}, times its probability */
    double partialMean(double logBound) {
        return mean() * normalBelow((logBound - mu) / sigma - sigma);
    }

    /** Distribution function of N(0, 1) by Abramowitz and Stegun 26.2.17; error below 1e-7, enough to draw counts. */
    static double normalBelow(double z) {
        if (z < 0) return 1 - normalBelow(-z);
        if (z > 8) return 1;
        double t = 1 / (1 + 0.2316419 * z);
        double tail = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return 1 - Math.exp(-z * z / 2) * 0.3989422804014327 * tail;
    }
}
