package dev.andon.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.http.view.Course;
import dev.andon.http.view.Levels;
import dev.andon.http.view.RolloutStory;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What was, as the API tells it: column by column, because charts read it so and it is a quarter of the size. */
final class HistoryJson {
    private final ViewJson json = new ViewJson();

    /** @param since earlier intervals are left out */
    ObjectNode levels(Levels levels, Instant since) {
        ObjectNode answer = json.cluster(levels.cluster());
        List<Levels.Latency> latency = levels.latency().stream()
                .filter(at -> !at.time().isBefore(since))
                .toList();
        List<Levels.Dns> dns =
                levels.dns().stream().filter(at -> !at.time().isBefore(since)).toList();
        ObjectNode apiserver = answer.putObject("apiserverSeries");
        times(apiserver, latency, Levels.Latency::time);
        column(apiserver, "requestsPerSecond", latency, at -> at.level().requestsPerSecond());
        column(apiserver, "meanSeconds", latency, at -> at.level().meanSeconds());
        column(apiserver, "p99Seconds", latency, at -> at.level().p99Seconds());
        ObjectNode names = answer.putObject("dnsSeries");
        times(names, dns, Levels.Dns::time);
        column(names, "questionsPerSecond", dns, at -> at.level().questionsPerSecond());
        column(names, "errorRatio", dns, at -> at.level().errorRatio());
        column(names, "staleRatio", dns, at -> at.level().staleRatio());
        answer.set("changePoints", json.list(levels.changes(), json::changePoint));
        return answer;
    }

    ObjectNode course(Course course) {
        ObjectNode answer = Json.object().put("cluster", course.cluster());
        times(answer, course.steps(), Course.Step::time);
        column(answer, "updated", course.steps(), step -> step.coverage().updated());
        column(answer, "total", course.steps(), step -> step.coverage().total());
        return answer;
    }

    /** A rollout with all that was ever said of it, and what came of it. */
    ObjectNode story(RolloutStory story, int places) {
        ObjectNode answer = json.rollout(story.rollout(), places);
        answer.set("signals", json.list(story.rollout().signals(), json::signal));
        answer.set("changePoints", json.list(story.changes(), json::changePoint));
        answer.set("deliveries", json.list(story.deliveries(), json::delivery));
        answer.set("overrides", json.list(story.overrides(), json::override));
        return answer;
    }

    private static <T> void times(ObjectNode to, List<T> rows, Function<T, Instant> time) {
        ArrayNode column = to.putArray("timesMillis");
        rows.forEach(row -> column.add(time.apply(row).toEpochMilli()));
    }

    private static <T> void column(ObjectNode to, String name, List<T> rows, ToDoubleFunction<T> value) {
        ArrayNode column = to.putArray(name);
        rows.forEach(row -> {
            double number = value.applyAsDouble(row);
            if (number == Math.rint(number) && Math.abs(number) < 1e15) column.add((long) number);
            else column.add(number);
        });
    }
}
