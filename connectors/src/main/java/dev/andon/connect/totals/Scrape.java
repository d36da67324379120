package dev.andon.connect.totals;

import dev.andon.connect.exposition.Page;
import java.time.Instant;

/**
 * One page that was fetched and read.
 *
 * @param time when the request was sent
 * @param page what it said
 */
public record Scrape(Instant time, Page page) {}
