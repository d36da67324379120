package dev.andon.connect.watch;

import dev.andon.connect.common.KubernetesName;
import dev.andon.connect.watch.CorefileWords.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plugins of all server blocks of a Corefile, the configuration of CoreDNS, with the snippets that they import put in
 * their place. What plugins mean is left to others. Environment variables and the placeholders of installers are words as
 * any other. Pure; takes time and memory in proportion to the text.
 *
 * @param plugins of every server block, one after another
 * @param importsFiles whether there is more to it, in files that are not seen
 * @see <a href="https://coredns.io/manual/configuration/">the syntax</a>
 */
record Corefile(List<Entry> plugins, boolean importsFiles) {
    /** A ConfigMap may have four times as much; the longest that people write have a twentieth. */
    static final int MAX_CHARS = 256 * 1024;

    private static final int MAX_ENTRIES = 50_000;
    private static final int MAX_DEPTH = 50;
    private static final String IMPORT = "import";

    /**
     * A line, and the block that it opens.
     *
     * @param words of the line, at least one
     * @param block empty when there is none
     * @param line of the first word, from 1
     */
    record Entry(List<String> words, Optional<List<Entry>> block, int line) {
        String name() {
            return words.get(0);
        }

        /** @return the word in that place; the name has place 0 */
        Optional<String> word(int place) {
            return place < words.size() ? Optional.of(words.get(place)) : Optional.empty();
        }

        private boolean isSnippet() {
            return words.size() == 1 && name().startsWith("(") && name().endsWith(")");
        }

        private String snippet() {
            return name().substring(1, name().length() - 1);
        }
    }

    /** @throws RefusedException when it is too large, when its braces do not match, or when it has no server block */
    static Corefile of(String text) throws RefusedException {
        if (text.length() > MAX_CHARS) {
            throw new RefusedException(
                    Refusal.COREFILE_TOO_LARGE,
                    text.length() + " characters are more than the " + MAX_CHARS + " allowed");
        }
        List<Entry> entries = new Reading(CorefileWords.of(text)).whole();
        var expansion = new Expansion(entries);
        List<Entry> top = expansion.expand(
                entries.stream().filter(entry -> !entry.isSnippet()).toList(), 0);
        List<Entry> plugins = expansion.expand(plugins(top), 0);
        if (plugins.isEmpty() && !expansion.files) {
            throw new RefusedException(Refusal.BAD_COREFILE, "there is no server block with a plugin in it");
        }
        return new Corefile(plugins, expansion.files);
    }

    /** A single server needs no braces: then its names are the first line, and all that follows are its plugins. */
    private static List<Entry> plugins(List<Entry> top) {
        if (!top.isEmpty()
                && top.get(0).block().isEmpty()
                && !String.join(" ", top.get(0).words()).endsWith(",")) {
            return top.subList(1, top.size());
        }
        return top.stream()
                .flatMap(server -> server.block().orElse(List.of()).stream())
                .toList();
    }

    private static final class Reading {
        private final List<Word> words;
        private int position;

        private Reading(List<Word> words) {
            this.words = words;
        }

        List<Entry> whole() throws RefusedException {
            List<Entry> entries = entries(0);
            if (position < words.size()) {
                throw bad(words.get(position).line(), "this brace closes nothing");
            }
            return entries;
        }

        private List<Entry> entries(int depth) throws RefusedException {
            if (depth > MAX_DEPTH) {
                throw bad(words.get(position - 1).line(), "more than " + MAX_DEPTH + " blocks in one another");
            }
            var entries = new ArrayList<Entry>();
            while (position < words.size() && !at("}")) {
                entries.add(entry(depth));
            }
            return entries;
        }

        private Entry entry(int depth) throws RefusedException {
            Word first = words.get(position);
            if (at("{")) {
                throw bad(first.line(), "this brace opens the block of nothing");
            }
            var texts = new ArrayList<String>();
            int line = first.line();
            while (position < words.size() && words.get(position).line() == line && !at("{") && !at("}")) {
                texts.add(words.get(position).text());
                line = words.get(position).lastLine();
                position++;
            }
            if (!at("{")) {
                return new Entry(texts, Optional.empty(), first.line());
            }
            position++;
            List<Entry> block = entries(depth + 1);
            if (!at("}")) {
                throw bad(first.line(), "the block that begins here does not end");
            }
            position++;
            return new Entry(texts, Optional.of(block), first.line());
        }

        private boolean at(String brace) {
            return position < words.size() && words.get(position).text().equals(brace);
        }
    }

    /** Puts snippets in the place of their imports, within limits: a snippet can import itself. */
    private static final class Expansion {
        private final Map<String, List<Entry>> snippets = new HashMap<>();
        private int left = MAX_ENTRIES;
        private boolean files;

        private Expansion(List<Entry> entries) {
            entries.stream()
                    .filter(Entry::isSnippet)
                    .forEach(
                            entry -> snippets.put(entry.snippet(), entry.block().orElse(List.of())));
        }

        private List<Entry> expand(List<Entry> entries, int depth) throws RefusedException {
            var all = new ArrayList<Entry>();
            for (Entry entry : entries) {
                if (--left < 0) {
                    throw new RefusedException(
                            Refusal.COREFILE_TOO_LARGE,
                            "more than " + MAX_ENTRIES + " lines with all that is imported");
                }
                List<Entry> snippet = snippets.get(entry.word(1).orElse(""));
                if (!entry.name().equals(IMPORT)) {
                    all.add(new Entry(entry.words(), block(entry, depth), entry.line()));
                } else if (snippet == null) {
                    files = true;
                } else if (depth >= MAX_DEPTH) {
                    throw bad(entry.line(), KubernetesName.shown(entry.words().get(1)) + " imports itself");
                } else {
                    all.addAll(expand(snippet, depth + 1));
                }
            }
            return all;
        }

        private Optional<List<Entry>> block(Entry entry, int depth) throws RefusedException {
            return entry.block().isEmpty()
                    ? Optional.empty()
                    : Optional.of(expand(entry.block().get(), depth));
        }
    }

    /** @param line at which it is seen, from 1 */
    static RefusedException bad(int line, String why) {
        return new RefusedException(Refusal.BAD_COREFILE, "line " + line + ": " + why);
    }
}
