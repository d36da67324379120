package dev.andon.simulate;

/** Requests of one kind and client that one apiserver instance answered in a tick. */
record Served(int instance, RequestClass kind, String client, Tally tally) {}
