package dev.andon.connect.events;

import java.util.List;
import java.util.function.UnaryOperator;

/** Understands what one system sends. Pure. */
interface Translator {
    /**
     * What a request tells of rollouts.
     *
     * @param header value of a header, empty when it is missing
     * @throws RefusedException when it tells nothing, saying why
     */
    List<Told> translate(Body body, UnaryOperator<String> header) throws RefusedException;
}
