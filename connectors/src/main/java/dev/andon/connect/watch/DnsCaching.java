package dev.andon.connect.watch;

import static java.util.Objects.requireNonNull;

import dev.andon.connect.common.KubernetesName;
import dev.andon.connect.watch.Corefile.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long the {@code cache} plugins of one Corefile may serve an answer that is not true any more. Pure.
 *
 * <p>An answer is kept for its own TTL, at most for the TTL of the plugin (3600 s unless it says less), and with {@code
 * serve_stale} beyond that (1 h unless it says otherwise). Names of the cluster itself live shorter, because the {@code
 * kubernetes} plugin gives them a TTL of 5 s unless told otherwise; names that are forwarded need not, so the longest
 * counts. What upstream servers and the workloads themselves keep is not seen.
 *
 * @param longest from the moment at which the source changes or fails, of the server block with the longest; 0 where
 *     nothing is cached
 * @param beyondTtl the part of it that the next cache in a chain does not know of, because the TTL of an answer does not
 *     count it down; of the server block with the longest; at most {@code longest}
 * @see <a href="https://coredns.io/plugins/cache/">the plugin</a>
 */
record DnsCaching(Duration longest, Duration beyondTtl) {
    private static final DnsCaching NONE = new DnsCaching(Duration.ZERO, Duration.ZERO);
    private static final Duration MOST_TTL = Duration.ofHours(1);
    private static final Duration USUAL_STALE = Duration.ofHours(1);

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");
    /** A duration as Go writes it. */
    private static final Pattern GO_DURATION =
            Pattern.compile("\\+?(0|([0-9]{1,10}(\\.[0-9]{0,9})?(ns|us|µs|ms|s|m|h)){1,8})");

    private static final Pattern GO_UNIT = Pattern.compile("([0-9.]+)([a-zµ]+)");
    private static final Map<String, Double> SECONDS_OF_UNIT =
            Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0);

    /**
     * @return empty when it cannot be told: a number is a variable of CoreDNS's environment, or there is no cache but what
     *     files may hold that are imported
     * @throws RefusedException when it is no Corefile, or one with which CoreDNS would not start
     */
    static Optional<DnsCaching> of(String corefile) throws RefusedException {
        Corefile read = Corefile.of(corefile);
        var caches = new ArrayList<DnsCaching>();
        for (Entry plugin : read.plugins()) {
            if (plugin.name().equals("cache")) {
                Optional<DnsCaching> cache = cache(plugin);
                if (cache.isEmpty()) {
                    return cache;
                }
                caches.add(cache.get());
            }
        }
        if (caches.isEmpty()) {
            return read.importsFiles() ? Optional.empty() : Optional.of(NONE);
        }
        return Optional.of(
                new DnsCaching(longest(caches, DnsCaching::longest), longest(caches, DnsCaching::beyondTtl)));
    }

    /**
     * The longest time through caches that ask one another. Each passes on what is left of the TTL, so one TTL counts for
     * all; what is served beyond it begins anew in each.
     *
     * @return empty without any
     */
    static Optional<Duration> chain(Collection<DnsCaching> caches) {
        Duration beyond = caches.stream().map(DnsCaching::beyondTtl).reduce(Duration.ZERO, Duration::plus);
        return caches.stream()
                .map(cache -> beyond.minus(cache.beyondTtl()).plus(cache.longest()))
                .max(Comparator.naturalOrder());
    }

    private static Duration longest(List<DnsCaching> caches, Function<DnsCaching, Duration> time) {
        return caches.stream().map(time).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static Optional<DnsCaching> cache(Entry plugin) throws RefusedException {
        Optional<Duration> ttl = ttl(plugin);
        Optional<Duration> stale = Optional.of(Duration.ZERO);
        boolean keepsTtl = false;
        for (Entry option : plugin.block().orElse(List.of())) {
            switch (option.name()) {
                case "success" -> ttl = option.word(2).isEmpty() ? ttl : seconds(option, 2);
                case "serve_stale" -> stale = option.word(1).isEmpty() ? Optional.of(USUAL_STALE) : duration(option, 1);
                case "keepttl" -> keepsTtl = true;
                case "disable" -> {
                    if (option.words().equals(List.of("disable", "success"))) {
                        return Optional.of(NONE);
                    }
                }
                default -> {
                    // What is kept of failures and of names that do not exist hides nothing.
                }
            }
        }
        if (ttl.isEmpty() || stale.isEmpty()) {
            return Optional.empty();
        }
        Duration longest = ttl.get().plus(stale.get());
        return Optional.of(new DnsCaching(longest, keepsTtl ? longest : stale.get()));
    }

    /** The first word is a TTL when it is a number, and a zone otherwise. */
    private static Optional<Duration> ttl(Entry plugin) throws RefusedException {
        String first = plugin.word(1).orElse("");
        boolean given = WHOLE_NUMBER.matcher(first).matches() || variable(first);
        return given ? seconds(plugin, 1) : Optional.of(MOST_TTL);
    }

    /** @return empty when it is a variable */
    private static Optional<Duration> seconds(Entry entry, int place) throws RefusedException {
        String text = entry.words().get(place);
        if (variable(text)) {
            return Optional.empty();
        }
        long seconds = WHOLE_NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
        if (seconds < 1 || seconds > Integer.MAX_VALUE) {
            throw Corefile.bad(
                    entry.line(),
                    KubernetesName.shown(text) + " is no TTL in seconds between 1 and " + Integer.MAX_VALUE);
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }

    /** @return empty when it is a variable */
    private static Optional<Duration> duration(Entry entry, int place) throws RefusedException {
        String text = entry.words().get(place);
        if (variable(text)) {
            return Optional.empty();
        }
        double seconds = GO_DURATION.matcher(text).matches() ? seconds(text) : Double.NaN;
        if (!(seconds <= Integer.MAX_VALUE)) {
            throw Corefile.bad(
                    entry.line(), KubernetesName.shown(text) + " is no duration such as 1h or 90s of at most 68 years");
        }
        // Up, because it is the longest that is asked for.
        return Optional.of(Duration.ofSeconds((long) Math.ceil(seconds)));
    }

    private static double seconds(String duration) {
        double seconds = 0;
        Matcher units = GO_UNIT.matcher(duration);
        while (units.find()) {
            seconds += Double.parseDouble(units.group(1)) * requireNonNull(SECONDS_OF_UNIT.get(units.group(2)));
        }
        return seconds;
    }

    /** Whether CoreDNS takes it, or a part of it, from its environment. */
    private static boolean variable(String text) {
        return text.contains("{$") || text.contains("{%");
    }
}
