package dev.andon.architecture.broken.detect;

import org.apache.commons.math3.util.FastMath;

/** Goes past stats. */
final class UsesMathsItself {
    private UsesMathsItself() {}

    static double log(double x) {
        return FastMath.log(x);
    }
}
