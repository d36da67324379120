package dev.andon.architecture.broken.domain;

import dev.andon.architecture.broken.topology.Processor;

/** Points upward. */
record KnowsTheTopology(Processor processor) {}
