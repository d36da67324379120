package dev.andon.connect.events;

import dev.andon.schema.Phase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code event} webhook of Flagger. Its messages say how many percent of the traffic the canary has. */
final class Flagger implements Translator {
    private static final Pattern WEIGHT = Pattern.compile("canary weight (\\d{1,3})");
    private static final OptionalLong PERCENT = OptionalLong.of(100);

    @Override
    public List<Told> translate(Body body, UnaryOperator<String> header) throws RefusedException {
        String name = body.required("/name");
        String namespace = body.required("/namespace");
        Phase phase = phase(body.required("/phase"));
        Optional<String> checksum = body.text("/checksum");
        OptionalLong weight = phase == Phase.COMPLETED
                ? PERCENT
                : weight(body.text("/metadata/eventMessage").orElse(""));
        return List.of(new Told(
                body.time("/metadata/timestamp"),
                Told.id(namespace + "/" + name, checksum),
                body.text("/metadata/cluster"),
                phase,
                Told.workload("Canary", Optional.of(namespace), name),
                checksum,
                weight,
                weight.isPresent() ? PERCENT : OptionalLong.empty(),
                Optional.empty(),
                "flagger",
                namespace + "/" + name));
    }

    private static Phase phase(String phase) throws RefusedException {
        return switch (phase) {
            case "Waiting" -> Phase.STARTED;
            case "Progressing", "Promoting", "Finalising" -> Phase.PROGRESSING;
            case "WaitingPromotion" -> Phase.PAUSED;
            case "Succeeded" -> Phase.COMPLETED;
            case "Failed" -> Phase.ROLLED_BACK;
            case "Terminating", "Terminated" -> Phase.ABORTED;
            case "Initializing", "Initialized" ->
                throw RefusedException.notARollout("a canary that is set up changes nothing yet");
            default ->
                throw RefusedException.notUnderstood("the phase is '" + phase + "', which Flagger does not have");
        };
    }

    private static OptionalLong weight(String message) {
        Matcher weight = WEIGHT.matcher(message);
        return weight.find() ? OptionalLong.of(Math.min(100, Long.parseLong(weight.group(1)))) : OptionalLong.empty();
    }
}
