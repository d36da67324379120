package dev.andon.connect.events;

import dev.andon.connect.intake.Push;
import dev.andon.connect.intake.Secrets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/** A system that may send events. */
enum Sender {
    ARGO_CD("argocd", "argocd.token"),
    ARGO_ROLLOUTS("argo-rollouts", "argo.rollouts.token"),
    FLAGGER("flagger", "flagger.token"),
    SPINNAKER("spinnaker", "spinnaker.token"),
    GITHUB("github", "github.secret"),
    CDEVENTS("cdevents", "cdevents.token");

    private final String path;
    private final String option;

    Sender(String path, String option) {
        this.path = path;
        this.option = option;
    }

    /** @return its part of the path, after {@code /v1/events/} */
    String path() {
        return path;
    }

    /** @return the option that holds its secret */
    String option() {
        return option;
    }

    static Optional<Sender> of(String path) {
        return Arrays.stream(values())
                .filter(sender -> sender.path.equals(path))
                .findFirst();
    }

    /** GitHub signs, Flagger can send no header of ours and puts the token into its metadata; the others send a header. */
    boolean proves(Password secret, Push push, Body body) {
        return switch (this) {
            case GITHUB -> Secrets.signed(secret, push.body(), push.header("X-Hub-Signature-256"));
            case FLAGGER ->
                Secrets.authorizes(secret, push.header("Authorization"))
                        || Secrets.same(secret, body.text("/metadata/token").orElse(""));
            case ARGO_CD, ARGO_ROLLOUTS, SPINNAKER, CDEVENTS ->
                Secrets.authorizes(secret, push.header("Authorization"));
        };
    }
}
