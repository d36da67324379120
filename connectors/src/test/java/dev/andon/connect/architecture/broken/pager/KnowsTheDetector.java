package dev.andon.connect.architecture.broken.pager;

import dev.andon.connect.architecture.ConnectorRules;

/** Uses something of ours that is neither a connector (as seen from the broken root) nor a schema. */
record KnowsTheDetector(Class<ConnectorRules> detector) {}
