package dev.andon.connect.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a Corefile. Blanks part words, a quote at the beginning of a word keeps blanks together, and a hash begins
 * a comment that ends with its line. Nothing is an error here. Pure.
 */
final class CorefileWords {
    private final String text;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int position;
    private int line = 1;

    private CorefileWords(String text) {
        this.text = text;
    }

    /**
     * A word and where it stands.
     *
     * @param text without quotes
     * @param line it begins in, from 1
     * @param lastLine it ends in; another one only in quotes
     */
    record Word(String text, int line, int lastLine) {}

    static List<Word> of(String corefile) {
        var words = new CorefileWords(corefile);
        words.read();
        return words.words;
    }

    private void read() {
        while (position < text.length()) {
            char next = text.charAt(position);
            if (next == '#') {
                comment();
            } else if (Character.isWhitespace(next)) {
                end(line);
                line += next == '\n' ? 1 : 0;
                position++;
            } else if (next == '"' && word.isEmpty()) {
                quoted();
            } else {
                word.append(next);
                position++;
            }
        }
        end(line);
    }

    private void end(int begun) {
        if (!word.isEmpty()) {
            add(begun);
        }
    }

    private void add(int begun) {
        words.add(new Word(word.toString(), begun, line));
        word.setLength(0);
    }

    private void comment() {
        int newline = text.indexOf('\n', position);
        position = newline < 0 ? text.length() : newline;
    }

    /** Only a quote can be escaped; any other backslash stands for itself. */
    private void quoted() {
        int begun = line;
        position++;
        while (position < text.length() && text.charAt(position) != '"') {
            if (text.startsWith("\\\"", position)) {
                position++;
            }
            char next = text.charAt(position++);
            line += next == '\n' ? 1 : 0;
            word.append(next);
        }
        position++;
        add(begun);
    }
}
