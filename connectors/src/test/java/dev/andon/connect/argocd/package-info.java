/** Tests of the sink. */
@NullMarked
package dev.andon.connect.argocd;

import org.jspecify.annotations.NullMarked;
