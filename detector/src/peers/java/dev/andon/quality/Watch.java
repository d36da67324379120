package dev.andon.quality;

/** A detector that is watching one stream. */
interface Watch {
    /**
     * Takes in one tick.
     *
     * @param value as the stream has it
     * @param standardised the same, less the true mean and divided by the true standard deviation before the change
     * @return how suspicious the stream is now; an alarm where it reaches the threshold that the watch was made for
     */
    double next(double value, double standardised);
}
