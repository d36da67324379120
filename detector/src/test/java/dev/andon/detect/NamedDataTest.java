package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Public data whose change is known. A tick stands for a year. */
class NamedDataTest {
    /**
     * Annual flow of the Nile at Aswan, 1871 to 1970, in 10^8 m³ (Cobb 1978; Balke 1993): it fell after 1898, when the first dam
     * was begun, from a mean of 1097.75 to one of 849.97.
     */
    private static final double[] NILE = {
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
        1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
        831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865,
        845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
        918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740
    };

    /**
     * Explosions in British coal mines with ten deaths or more per year, 1851 to 1962 (Jarrett 1979): about 3.1 a year until the
     * safety laws of the late 1880s, 0.9 after.
     */
    private static final int[] COAL = {
        4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2,
        1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0,
        0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0,
        1
    };

    @Test
    void hasTheDataThatWerePublished() {
        assertThat(Arrays.stream(NILE).average().orElseThrow()).isCloseTo(919.35, within(1e-9));
        assertThat(Arrays.stream(NILE, 0, 28).average().orElseThrow()).isCloseTo(1097.75, within(1e-9));
        assertThat(Arrays.stream(NILE, 28, 100).average().orElseThrow()).isCloseTo(849.97, within(0.01));
        assertThat(COAL).hasSize(112);
        assertThat(Arrays.stream(COAL).sum()).isEqualTo(191);
    }

    @Test
    void datesTheDamOfAswanToTheYear() {
        List<Tick> flow = new ArrayList<>();
        for (int i = 0; i < NILE.length; i++) flow.add(Ticks.tick(1871 + i, NILE[i], 1));
        Finding.Change change = strongest(Subject.level(SeriesKind.NUMBER_LOWER), flow);
        assertThat(change.onset()).isEqualTo(Ticks.at(1898));
        assertThat(change.before()).isCloseTo(1097.75, within(25.0));
        assertThat(change.after()).isCloseTo(849.97, within(50.0));
    }

    /** Read from its end, because only rises are looked for: Raftery and Akman (1986) put the change at 1890. */
    @Test
    void datesTheSafetyLawsToAFewYears() {
        List<Tick> explosions = new ArrayList<>();
        for (int i = 0; i < COAL.length; i++) explosions.add(Ticks.tick(i, COAL[COAL.length - 1 - i], 52));
        Finding.Change change = strongest(Subject.share(), explosions);
        Duration before1962 = Duration.between(Ticks.T0, change.onset());
        assertThat(1962 - before1962.dividedBy(Ticks.INTERVAL)).isBetween(1880L, 1900L);
        assertThat(52 * change.before()).isCloseTo(0.9, within(0.3));
        assertThat(52 * change.after()).isCloseTo(3.1, within(0.5));
    }

    /** @return the change as it was told when the evidence for one was greatest */
    private static Finding.Change strongest(Subject subject, List<Tick> ticks) {
        return subject.live(ticks).stream()
                .max(Comparator.comparingDouble(Finding::evidence))
                .flatMap(Finding::change)
                .orElseThrow();
    }
}
