package dev.andon.service.config;

import java.util.List;
import java.util.Optional;

/**
 * Where the HTTP interface listens and who may write.
 *
 * @param port 0 for any free one
 */
public record HttpConfig(String host, int port, List<Token> tokens) {
    /** A bearer token and whose it is. */
    public record Token(String name, Secret token) {}

    public HttpConfig {
        tokens = List.copyOf(tokens);
    }

    /** Returns whose token this is. */
    public Optional<String> ownerOf(String candidate) {
        // No short cut: the time must not tell which token was nearly right.
        return tokens.stream()
                .filter(token -> token.token().matches(candidate))
                .map(Token::name)
                .reduce((first, second) -> first);
    }
}
