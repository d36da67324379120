package dev.andon.simulate;

import java.util.List;

/**
 * What happened in a cluster during one tick.
 *
 * @param seconds its length
 * @param down whether each apiserver instance answered nobody
 * @param unscraped whether each apiserver instance could not be scraped
 * @param resolversUnscraped whether the DNS servers could not be scraped
 */
record Tick(
        double seconds,
        List<Served> served,
        List<Answered> answered,
        Effect effect,
        List<Boolean> down,
        List<Boolean> unscraped,
        boolean resolversUnscraped) {
    Tick {
        served = List.copyOf(served);
        answered = List.copyOf(answered);
        down = List.copyOf(down);
        unscraped = List.copyOf(unscraped);
    }
}
