package dev.andon.connect.watch;

import java.util.Arrays;
import java.util.List;

/** What can be told of a cluster, in the words of Andon's own configuration. */
enum ClusterFact {
    NODES("nodes"),
    DNS_CACHE("dns-cache");

    private final String word;

    ClusterFact(String word) {
        this.word = word;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(fact -> fact.word).toList();
    }

    static ClusterFact of(String name) {
        return values()[names().indexOf(name)];
    }
}
