package dev.andon.detect;

/**
 * What is usual of a series of numbers.
 *
 * @param level robust mean
 * @param scale robust standard deviation of one tick of typical weight; 0 until the warm-up is over
 * @param typicalWeight mean weight of a tick
 * @param learned ticks behind all this, at most the memory
 * @param autocorrelation lag-one autocorrelation of the standardised values, in [0, 0.9]
 * @param previous last standardised value
 */
public record LevelBaseline(
        double level, double scale, double typicalWeight, double learned, double autocorrelation, double previous) {
    static final LevelBaseline UNKNOWN = new LevelBaseline(0, 0, 0, 0, 0, 0);
}
