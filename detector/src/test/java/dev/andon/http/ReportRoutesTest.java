package dev.andon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Action;
import dev.andon.domain.Phase;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A report is one file, made of what is remembered, and harmless whatever that is. */
class ReportRoutesTest {
    private final Api api = Api.open();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void tellsADecisionAndItsReasonsInOneFileWithoutScripts() {
        api.view.accept(Facts.event(Api.NOW, Phase.PROGRESSING, 310));
        api.view.accept(Facts.change(Api.NOW, false));
        api.view.accept(Facts.signal(Action.HALT, Api.NOW));
        HttpResponse<String> report = api.get("/v1/rollouts/" + Facts.AGENT + "/report");
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(header(report, "Content-Disposition"))
                .isEqualTo("attachment; filename=\"andon-telemetry-agent-7f3.html\"");
        assertThat(header(report, "Content-Security-Policy")).startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(report.body())
                .contains("<h1>HALT telemetry-agent-7f3</h1>")
                .contains("LIST latency rose from 0.21 s to 4.8 s")
                .contains("310 of 3000 places in 1 clusters")
                .contains("<dt>delay</dt><dd>10 s</dd>")
                .contains("<bdi>×23</bdi>")
                .contains("<svg")
                .doesNotContain("<script")
                .doesNotContain("src=")
                .doesNotContain("href=");
    }

    @Test
    void showsHostileNamesAsText() {
        String name = "<b>\u202egnp.exe&\"'";
        api.view.accept(Facts.event(Api.NOW, name, name, Phase.PROGRESSING, 1));
        api.view.accept(Facts.signal(Action.HALT, Api.NOW));
        api.view.accept(Facts.event(Api.NOW, Facts.AGENT, name, Phase.PROGRESSING, 1));
        api.view.accept(Facts.change(Api.NOW, false, name));
        HttpResponse<String> report = api.get("/v1/rollouts/" + Facts.AGENT + "/report");
        assertThat(report.body())
                .contains("&lt;b&gt;\u2039U+202E\u203agnp.exe&amp;&quot;&#39;")
                .doesNotContain("<b>")
                .doesNotContain("\u202e");
    }

    @Test
    void saysWhyThereIsNothingToReport() {
        assertThat(detail(api.get("/v1/rollouts/none/report"))).isEqualTo("no event of a rollout none was seen");
        api.view.accept(Facts.event(Api.NOW, Phase.PROGRESSING, 310));
        assertThat(detail(api.get("/v1/rollouts/" + Facts.AGENT + "/report")))
                .isEqualTo("nothing was said of telemetry-agent-7f3, so there is nothing to report");
        assertThat(detail(api.get("/v1/rollouts/" + Facts.AGENT + "/report?signal=x")))
                .startsWith("no signal x of telemetry-agent-7f3 is remembered");
    }

    private static String detail(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(404);
        return Api.json(answer).get("detail").asText();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
