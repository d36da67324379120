package dev.andon.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every failure as {@code application/problem+json}. What is our own mistake is logged, and not told to the caller. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void register(RoutesConfig routes) {
        routes.exception(Problem.class, (problem, context) -> write(context, problem));
        routes.exception(
                HttpResponseException.class,
                (e, context) -> write(context, e.getStatus(), "http", "HTTP " + e.getStatus(), reason(e, context)));
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), e);
            write(context, 500, "internal", "A mistake in this program", "the log of the service says more");
        });
    }

    private static String reason(HttpResponseException e, Context context) {
        return switch (e.getStatus()) {
            case 404 -> "there is nothing at " + context.path();
            case 405 -> context.method() + " is not possible at " + context.path();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static void write(Context context, Problem problem) {
        ObjectNode body = body(problem.status(), problem.kind(), problem.title(), problem.detail());
        if (!problem.flaws().isEmpty()) {
            ArrayNode errors = body.putArray("errors");
            for (Problem.Flaw flaw : problem.flaws()) {
                errors.addObject()
                        .put("at", flaw.at())
                        .put("reason", flaw.reason())
                        .put("message", flaw.message());
            }
        }
        if (problem.status() == 401) context.header("WWW-Authenticate", "Bearer realm=\"andon\"");
        if (problem.status() == 503) context.header("Retry-After", "5");
        send(context, problem.status(), body);
    }

    private static void write(Context context, int status, String kind, String title, String detail) {
        send(context, status, body(status, kind, title, detail));
    }

    private static ObjectNode body(int status, String kind, String title, String detail) {
        return Json.object()
                .put("type", "urn:andon:problem:" + kind)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }

    private static void send(Context context, int status, ObjectNode body) {
        context.status(status).contentType("application/problem+json").result(Json.bytes(body));
    }
}
