package dev.andon.quality;

import com.amazon.randomcutforest.RandomCutForest;
import java.util.List;
import java.util.stream.DoubleStream;
import moa.classifiers.core.driftdetection.ADWIN;
import moa.classifiers.core.driftdetection.CusumDM;
import moa.classifiers.core.driftdetection.PageHinkleyDM;

/**
 * Who is compared: change detectors of MOA (Bifet and others 2010), Random Cut Forest (Guha and others 2016) and Bayesian online
 * change-point detection (Adams and MacKay 2007). All are better off than Andon: they are told the true mean and standard
 * deviation before the change, which Andon learns.
 */
final class Peers {
    /** Excess per tick that charts forgive, in standard deviations: half the shifts they are best for. */
    private static final double[] ALLOWANCES = {0.25, 0.5, 1};

    /** What Page-Hinkley keeps of its sum from tick to tick. */
    private static final double[] MEMORIES = {0.7, 0.85, 0.95};

    private static final int MOA_MINIMUM = 12;

    private Peers() {}

    static List<Peer> all() {
        return List.of(cusum(), pageHinkley(), adwin(), randomCutForest(), bocpd());
    }

    private static Peer cusum() {
        return new Peer(
                "CUSUM (MOA)",
                DoubleStream.of(ALLOWANCES)
                        .mapToObj(allowance -> Peer.alarming(
                                "allowance " + allowance, 0.5, 300, threshold -> alarm(allowance, threshold)))
                        .toList());
    }

    private static Peer.Alarm alarm(double allowance, double threshold) {
        CusumDM cusum = new CusumDM();
        cusum.minNumInstancesOption.setValue(MOA_MINIMUM);
        cusum.deltaOption.setValue(allowance);
        cusum.lambdaOption.setValue(threshold);
        cusum.prepareForUse();
        return standardised -> {
            cusum.input(standardised);
            return cusum.getChange();
        };
    }

    /** As MOA has it, its sum sinks for as long as nothing happens, so that only a short memory serves. */
    private static Peer pageHinkley() {
        return new Peer(
                "Page-Hinkley (MOA)",
                DoubleStream.of(MEMORIES)
                        .mapToObj(memory -> Peer.alarming("alpha " + memory, 0.5, 100, threshold -> {
                            PageHinkleyDM test = new PageHinkleyDM();
                            test.minNumInstancesOption.setValue(MOA_MINIMUM);
                            test.deltaOption.setValue(0.005);
                            test.lambdaOption.setValue(threshold);
                            test.alphaOption.setValue(memory);
                            test.prepareForUse();
                            return standardised -> {
                                test.input(standardised);
                                return test.getChange();
                            };
                        }))
                        .toList());
    }

    /** Threshold: minus the decimal logarithm of ADWIN's delta. It looks at its window at every tick instead of every 32nd. */
    private static Peer adwin() {
        return Peer.of("ADWIN (MOA)", Peer.alarming("every tick", -1, 30, threshold -> {
            ADWIN adwin = new ADWIN(Math.pow(10, -threshold));
            adwin.setClock(1);
            return standardised -> {
                double before = adwin.getEstimation();
                return adwin.setInput(standardised) && adwin.getEstimation() > before;
            };
        }));
    }

    private static Peer randomCutForest() {
        return Peer.of(
                "Random Cut Forest",
                Peer.scored("shingle 1", 0, 20, () -> forest(1)),
                Peer.scored("shingle 4", 0, 20, () -> forest(4)));
    }

    private static Watch forest(int shingle) {
        RandomCutForest forest = RandomCutForest.builder()
                .dimensions(shingle)
                .shingleSize(shingle)
                .internalShinglingEnabled(shingle > 1)
                .numberOfTrees(50)
                .sampleSize(256)
                .randomSeed(42)
                .build();
        return (value, standardised) -> {
            float[] point = {(float) standardised};
            double score = forest.getAnomalyScore(point);
            forest.update(point);
            // Only what is worse counts, as for all others here.
            return standardised > 0 ? score : 0;
        };
    }

    private static Peer bocpd() {
        return Peer.of("BOCPD", Peer.scored("change in the last 30 ticks", 0, 1, () -> new Bocpd(1_000, 30)));
    }
}
