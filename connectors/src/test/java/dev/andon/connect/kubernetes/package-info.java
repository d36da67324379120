/** Tests of the sink, on a server that does with patches what an apiserver does. */
@NullMarked
package dev.andon.connect.kubernetes;

import org.jspecify.annotations.NullMarked;
