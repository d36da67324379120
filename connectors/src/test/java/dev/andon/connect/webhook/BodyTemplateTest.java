package dev.andon.connect.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTemplateTest {
    private static final String HALT = """
            {"time":"2024-12-11T22:51:15Z","signalId":"halt-1","action":"HALT","rolloutId":"web \\"42\\"","cluster":"a&b",
             "reason":"p99 rose\\nto 4.8 s <x23>","probability":0.97,
             "evidence":[{"series":"apiserver/LIST/latency","before":0.21,"after":4.8,"unit":"s"},{"series":"dns"}],
             "candidates":[{"rolloutId":"web \\"42\\"","probability":0.97},{"rolloutId":"other","why":"too late"}],
             "exposure":{"updated":310,"total":3000,"clusters":1}}""";
    private static final String CLEAR =
            "{\"time\":\"2024-12-11T22:59:15Z\",\"signalId\":\"c\",\"action\":\"CLEAR\",\"rolloutId\":\"w\",\"reason\":\"fine\"}";

    @Test
    void leavesTheSignalAloneWithoutATemplate() {
        assertThat(text(BodyTemplate.NONE, HALT)).isEqualTo(HALT);
        assertThat(BodyTemplate.NONE.contentType()).isEqualTo("application/json");
    }

    @Test
    void fillsInFieldsListsAndNestedObjectsEscapedAsJsonWants() {
        BodyTemplate template = json("""
                {"text":"{{action}} of {{rolloutId}}: {{reason}}","p":{{probability}}{{^probability}}null{{/probability}},
                 "share":"{{#exposure}}{{updated}} of {{total}}{{/exposure}}",
                 "why":[{{#evidence}}"{{series}} {{before}}->{{after}}{{unit}}"{{^-last}},{{/-last}}{{/evidence}}],
                 "others":"{{#candidates}}{{rolloutId}}({{why}});{{/candidates}}"}""");

        assertThat(text(template, HALT)).isEqualTo("""
                {"text":"HALT of web \\"42\\": p99 rose\\nto 4.8 s <x23>","p":0.97,
                 "share":"310 of 3000",
                 "why":["apiserver/LIST/latency 0.21->4.8s","dns ->"],
                 "others":"web \\"42\\"();other(too late);"}""");
        assertThat(text(template, CLEAR)).isEqualTo("""
                {"text":"CLEAR of w: fine","p":null,
                 "share":"",
                 "why":[],
                 "others":""}""");
    }

    @Test
    void saysTheActionInSectionsOfItsNameAndTheWholeSignalInThreeBraces() {
        BodyTemplate template =
                json("{\"event\":\"{{#clear}}resolve{{/clear}}{{^clear}}trigger{{/clear}}\",\"details\":{{{signal}}}}");

        assertThat(text(template, HALT)).isEqualTo("{\"event\":\"trigger\",\"details\":" + HALT + "}");
        assertThat(text(template, CLEAR)).isEqualTo("{\"event\":\"resolve\",\"details\":" + CLEAR + "}");
    }

    @Test
    void takesWhatASignalLacksForEmptyAlsoInsideOfIt() {
        BodyTemplate template = json("{\"k\":\"{{exposure.updated}}{{until}}{{mode}}\"}");

        assertThat(text(template, HALT)).isEqualTo("{\"k\":\"310\"}");
        assertThat(text(template, CLEAR)).isEqualTo("{\"k\":\"\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/x-www-form-urlencoded | rollout=web+%2242%22&where=a%26b
            application/xml                   | rollout=web &quot;42&quot;&where=a&amp;b
            text/html                         | rollout=web &quot;42&quot;&where=a&amp;b
            text/plain                        | rollout=web "42"&where=a&b
            """)
    void escapesForTheContentType(String contentType, String body) {
        BodyTemplate template = BodyTemplate.parse("rollout={{rolloutId}}&where={{cluster}}", contentType);

        assertThat(text(template, HALT)).isEqualTo(body);
        assertThat(template.contentType()).isEqualTo(contentType);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"k":"{{rollout}}"}                      | names something that no signal has, or a partial; the fields are those of the signal's JSON
            {"k":"{{#nobody}}x{{/nobody}}"}          | names something that no signal has, or a partial; the fields are those of the signal's JSON
            {"k":"{{#evidence}}{{wher}}{{/evidence}}"} | names something that no signal has, or a partial; the fields are those of the signal's JSON
            {"k":"{{> other}}"}                      | names something that no signal has, or a partial; the fields are those of the signal's JSON
            {"k":"{{#evidence}}"}                    | is no Mustache template; check that every section is closed
            {"k":{{rolloutId}}}                      | makes no valid JSON; check commas and quotes, and that three braces stand around signal only
            {"k":"{{{reason}}}"}                     | makes no valid JSON; check commas and quotes, and that three braces stand around signal only
            {"k":{{probability}}}                    | makes no valid JSON; check commas and quotes, and that three braces stand around signal only, for a short HALT
            {{#halt}}{}{{/halt}}                     | makes an empty body, for a short HOLD
            """)
    void refusesATemplateThatWouldFailWithSomeSignalAndDoesNotShowIt(String template, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> json(template)).withMessage(why);
    }

    private static BodyTemplate json(String template) {
        return BodyTemplate.parse(template, "application/json");
    }

    private static String text(BodyTemplate template, String signal) {
        return new String(template.render(signal.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
