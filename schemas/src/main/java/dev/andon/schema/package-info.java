/**
 * What Andon's processes say to one another: Avro records generated from {@code src/main/avro}, every schema they ever
 * had, and the serde.
 *
 * <p>The package is not {@code @NullMarked} because the generated records carry no nullness annotations: an optional
 * field (a union with null) is {@code null} when absent. The classes written by hand are marked one by one.
 */
package dev.andon.schema;
