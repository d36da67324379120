package dev.andon.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Input;
import dev.andon.domain.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of plain lines must never say anything else than the one for all lines. */
class SampleLinesTest {
    private static final String LATENCY = "{\"time\":\"2024-12-11T22:51:05Z\",\"cluster\":\"prod-west-3\","
            + "\"instance\":\"10.0.0.4:6443\",\"verb\":\"LIST\",\"scope\":\"cluster\",\"intervalMillis\":5000,"
            + "\"upperBoundsSeconds\":[0.005,0.025,0.1,0.5,1,5,60],\"counts\":[410,95,20,4,1,0,0,0],"
            + "\"sumSeconds\":9.1,\"codes\":{\"200\":528,\"429\":2},\"client\":\"agent\"}";
    private static final String DNS = "{\"time\":\"2024-12-11T22:51:05.250Z\",\"cluster\":\"prod-west-3\","
            + "\"server\":\"coredns-7d4f\",\"view\":\"SERVER\",\"intervalMillis\":5000,\"responses\":5120,"
            + "\"rcodes\":{\"NOERROR\":5000,\"NXDOMAIN\":100,\"SERVFAIL\":20},\"timeouts\":0,\"staleAnswers\":0}";
    private static final String MEASUREMENT = "{\"time\":\"2024-12-11T22:51:05Z\",\"cluster\":\"prod-west-3\","
            + "\"series\":\"checkout/latency_p99\",\"value\":-0.212,\"unit\":\"s\",\"worse\":\"HIGHER\"}";

    private final SampleLines plain = new SampleLines();
    private final List<String> unknown = new ArrayList<>();
    private final JsonCodec codec = new JsonCodec(unknown::add);

    @Test
    void readsTheLinesOfTheContract() {
        assertThat(plain.latency(LATENCY)).isPresent();
        assertThat(plain.dns(DNS)).isPresent();
        assertThat(plain.measurement(MEASUREMENT)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "7",
                "0.1",
                "3.791141026443338",
                "0.012800000000000002",
                "1e-7",
                "1E3",
                "1.",
                ".5",
                "01",
                "-3.25",
                "9007199254740993",
                "123456789012345678901234567890",
                "0.30000000000000004",
                "1d",
                "NaN",
                "\"1\"",
                "null",
                "",
                "4.9e-324",
                "179769313486231580000000000000000000000",
                "0.000000000000001",
                "1 ",
                " 1",
                "1,",
                "100000000000000.5",
                "12345678901234.56"
            })
    void readsANumberAsTheOtherReaderDoes(String number) {
        agree(InputKind.MEASUREMENTS, MEASUREMENT.replace("-0.212", number));
        agree(InputKind.APISERVER_LATENCY, LATENCY.replace("0.005", number));
        agree(InputKind.APISERVER_LATENCY, LATENCY.replace("410", number));
        agree(InputKind.APISERVER_LATENCY, LATENCY.replace("9.1", number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u0041",
                "a\\\"b",
                "tab\t",
                "umlaut ä",
                "\uD83D\uDE00",
                "",
                " ",
                "2024-12-11T22:51:05+01:00",
                "2024-12-11T22:51:60Z",
                "2024-02-30T22:51:05Z",
                "2024-12-11T24:00:00Z",
                "1733957465",
                "Z",
                "yesterday"
            })
    void readsATextAsTheOtherReaderDoes(String text) {
        agree(InputKind.APISERVER_LATENCY, LATENCY.replace("10.0.0.4:6443", text));
        agree(InputKind.APISERVER_LATENCY, LATENCY.replace("2024-12-11T22:51:05Z", text));
        agree(InputKind.APISERVER_LATENCY, LATENCY.replace("429", text));
        agree(InputKind.DNS_ERRORS, DNS.replace("SERVER", text));
        agree(InputKind.MEASUREMENTS, MEASUREMENT.replace("\"s\"", '"' + text + '"'));
    }

    @Test
    void readsDamagedLinesAsTheOtherReaderDoes() {
        Random random = new Random(7);
        String signs = "{}[]\",:0159.-+eE \\nulltrue\tZ";
        for (int i = 0; i < 6_000; i++) {
            InputKind kind = List.of(InputKind.APISERVER_LATENCY, InputKind.DNS_ERRORS, InputKind.MEASUREMENTS)
                    .get(i % 3);
            String line =
                    switch (kind) {
                        case APISERVER_LATENCY -> LATENCY;
                        case DNS_ERRORS -> DNS;
                        default -> MEASUREMENT;
                    };
            int at = random.nextInt(line.length());
            char sign = signs.charAt(random.nextInt(signs.length()));
            String rest = line.substring(random.nextBoolean() ? at : at + 1);
            agree(kind, line.substring(0, at) + (random.nextInt(4) == 0 ? "" : sign) + rest);
        }
    }

    private void agree(InputKind kind, String line) {
        assertThat(said(() -> codec.read(kind, line))).as(line).isEqualTo(said(() -> codec.readAny(kind, line)));
    }

    private interface Reading {
        Input read();
    }

    /** What was read or why it was not, and the unknown fields. */
    private List<Object> said(Reading reading) {
        unknown.clear();
        Object result;
        try {
            result = reading.read();
        } catch (InvalidInput e) {
            result = e.reason() + " " + e.getMessage();
        }
        return List.of(result, List.copyOf(unknown));
    }
}
