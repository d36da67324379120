/** One cluster and one fleet: corroboration, blame, policy and the life of signals. Pure. */
@NullMarked
package dev.andon.decide;

import org.jspecify.annotations.NullMarked;
