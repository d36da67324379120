package dev.andon.http;

import dev.andon.service.config.HttpConfig;
import io.javalin.http.Context;

/** Who may post. */
final class Access {
    private static final String SCHEME = "Bearer ";

    private final HttpConfig config;

    Access(HttpConfig config) {
        this.config = config;
    }

    /** Returns the name of the caller's token, for the audit. */
    String require(Context context) {
        if (config.tokens().isEmpty()) {
            throw Problem.forbidden(
                    "nothing may be posted because no token is configured; add one under http.tokens and restart");
        }
        String header = String.valueOf(context.header("Authorization"));
        String given = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).trim()
                : "";
        return config.ownerOf(given)
                .orElseThrow(() -> Problem.unauthorized(
                        "send the header Authorization: Bearer TOKEN with a token that stands under http.tokens"));
    }
}
