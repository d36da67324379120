package dev.andon.cli;

import dev.andon.decide.Wording;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Signal;
import dev.andon.http.view.Fleet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Andon has found and said so far, as sentences in the order of time. Pure. */
final class DemoStory {
    private DemoStory() {}

    /** How much a sentence matters. */
    enum Tone {
        CALM,
        NOTICE,
        ALERT
    }

    /** @param time event time of it */
    record Entry(Instant time, Tone tone, String text) {}

    static List<Entry> of(Fleet fleet) {
        List<Entry> entries = new ArrayList<>(changes(fleet.changePoints()));
        for (Signal signal : fleet.signals()) entries.add(signal(signal));
        entries.sort(Comparator.comparing(Entry::time));
        return entries;
    }

    /** A hurt cluster changes in many series within seconds: one sentence names the first and counts the others. */
    private static List<Entry> changes(List<ChangePoint> changePoints) {
        Map<String, List<ChangePoint>> together = new LinkedHashMap<>();
        for (ChangePoint change : changePoints) {
            String key = change.cluster() + change.ended() + change.time().truncatedTo(ChronoUnit.SECONDS);
            together.computeIfAbsent(key, k -> new ArrayList<>()).add(change);
        }
        return together.values().stream().map(DemoStory::change).toList();
    }

    private static Entry change(List<ChangePoint> together) {
        ChangePoint first = together.get(0);
        String others = together.size() == 1
                ? ""
                : " and " + (together.size() - 1) + " more series" + (first.ended() ? " are" : " changed");
        if (first.ended()) {
            String verb = together.size() == 1 ? " is" : "";
            return new Entry(
                    first.time(),
                    Tone.CALM,
                    first.cluster() + ": " + Wording.name(first.evidence().series()) + verb + others
                            + " back to normal");
        }
        return new Entry(first.time(), Tone.NOTICE, first.cluster() + ": " + Wording.change(first.evidence()) + others);
    }

    private static Entry signal(Signal signal) {
        String about = signal.rolloutId().or(signal::cluster).orElse("");
        String text = signal.action() + " " + about + ": " + signal.reason();
        return new Entry(
                signal.time(),
                switch (signal.action()) {
                    case HALT, ALARM -> Tone.ALERT;
                    case HOLD -> Tone.NOTICE;
                    case CLEAR -> Tone.CALM;
                },
                text);
    }
}
