/** Reports for people, as files that need nothing else: HTML with its style and charts inside, without scripts. */
@org.jspecify.annotations.NullMarked
package dev.andon.http.report;
