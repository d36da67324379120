package dev.andon.cli;

/** Colours of a terminal, or none. */
enum Paint {
    PLAIN,
    ANSI;

    private static final String ESCAPE = "\u001b[";

    String red(String text) {
        return with("31;1", text);
    }

    String yellow(String text) {
        return with("33", text);
    }

    String green(String text) {
        return with("32", text);
    }

    String bold(String text) {
        return with("1", text);
    }

    String dim(String text) {
        return with("2", text);
    }

    private String with(String code, String text) {
        return this == PLAIN ? text : ESCAPE + code + "m" + text + ESCAPE + "0m";
    }
}
