package dev.andon.connect.watch;

/** Why a Corefile was refused. Closed, because it is also a metric label. */
enum Refusal {
    /** It is longer than any that people write, or snippets unfold it to that. */
    COREFILE_TOO_LARGE,
    /** It is no Corefile, or one that CoreDNS would not start with. */
    BAD_COREFILE
}
