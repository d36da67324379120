package dev.andon.architecture.broken.wizardry;

import dev.andon.schema.SchemaCatalog;

/** Lives in a package that has no place in the order, and handles what only the codec should. */
record Wizard(Class<SchemaCatalog> catalog) {}
