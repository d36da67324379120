package dev.andon.connect.scrape;

import dev.andon.connect.exposition.Page;
import java.time.Instant;

/**
 * One page that was fetched and read.
 *
 * @param time when the request was sent
 * @param page what it said
 */
record Scrape(Instant time, Page page) {}
