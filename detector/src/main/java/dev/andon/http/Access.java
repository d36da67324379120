package dev.andon.http;

import io.javalin.http.Context;
import java.util.Optional;

/** Who may post. */
final class Access {
    private final Optional<BearerToken> token;

    Access(Optional<BearerToken> token) {
        this.token = token;
    }

    void require(Context context) {
        if (token.isEmpty()) {
            throw Problem.forbidden("nothing may be posted because no token is configured; set http.token and restart");
        }
        if (!token.get().allows(Optional.ofNullable(context.header("Authorization")))) {
            throw Problem.unauthorized(
                    "send the header Authorization: Bearer TOKEN with the token that http.token holds");
        }
    }
}
