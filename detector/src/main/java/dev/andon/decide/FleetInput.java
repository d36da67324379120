package dev.andon.decide;

import java.time.Instant;

/** What a fleet's decisions are made from. */
public sealed interface FleetInput permits ClusterReport, OverrideInput, DeliveryInput {
    Instant time();
}
