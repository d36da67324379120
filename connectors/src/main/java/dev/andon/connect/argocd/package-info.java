/**
 * Stops syncs of Argo CD through its API server, keeps new ones away where that is wanted, and takes that back when the
 * signal is cleared.
 */
@NullMarked
package dev.andon.connect.argocd;

import org.jspecify.annotations.NullMarked;
