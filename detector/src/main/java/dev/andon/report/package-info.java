/** What a replay found out, for people: what was decided, what operators' usual rules would have done, as one page. Pure. */
@NullMarked
package dev.andon.report;

import org.jspecify.annotations.NullMarked;
