package dev.andon.connect.architecture.broken.webhook;

import dev.andon.connect.architecture.broken.pager.Pager;

/** Cannot be read without the pager. */
record KnowsAnotherSystem(Pager pager) {}
