package dev.andon.connect.probe;

import java.util.concurrent.CompletionStage;
import org.xbill.DNS.Message;

/** Asks one server once, without blocking. */
interface Exchange {
    /** @return ends exceptionally when no answer came in time */
    CompletionStage<Message> ask(Message question);
}
