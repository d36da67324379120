package dev.andon.connect.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtobufParserTest {
    private static final Wanted WANTED = Wanted.NOTHING.value("requests_total").histogram("latency_seconds");

    @Test
    void findsTheNameOfAFamilyWhereverItStands() throws IOException {
        // Fields may come in any order on the wire; concatenating two encodings puts the metrics before the name.
        byte[] metrics = message(4, counter("code", "200", 3)).toByteArray();
        byte[] name = message(1, utf8("requests_total")).toByteArray();

        assertThat(read(framed(concat(metrics, name))).values())
                .isEqualTo(Map.of("requests_total", Map.of(Labels.of(Map.of("code", "200")), 3.0)));
    }

    @Test
    void doesNotDecodeAFamilyThatNobodyAskedFor() throws IOException {
        // The metric of the unwanted family is no valid message, and nobody notices.
        byte[] unwanted = concat(
                message(1, utf8("other")).toByteArray(),
                message(4, ByteString.copyFrom(new byte[] {(byte) 0xFF, (byte) 0xFF}))
                        .toByteArray());
        byte[] wanted = family("requests_total", counter("code", "200", 3));

        Page page = read(concat(framed(unwanted), framed(wanted)));

        assertThat(page.values()).containsOnlyKeys("requests_total");
        assertThat(page.malformed()).isEmpty();
    }

    @Test
    void refusesAWantedFamilyThatIsNoValidMessage() {
        byte[] broken = family("requests_total", ByteString.copyFrom(new byte[] {(byte) 0xFF, (byte) 0xFF}));

        assertDefect(Defect.BAD_PROTOBUF, framed(broken));
    }

    @Test
    void refusesAPageThatWasCutOff() {
        byte[] page = framed(family("requests_total", counter("code", "200", 3)));

        assertDefect(Defect.TRUNCATED, Arrays.copyOf(page, page.length - 1));
    }

    @Test
    void refusesAnAnnouncedLengthThatNeverComesWithoutReservingIt() {
        assertDefect(Defect.TRUNCATED, new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07, 1, 2});
    }

    @Test
    void refusesANegativeLength() {
        assertDefect(Defect.BAD_PROTOBUF, new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F, 1, 2});
    }

    @Test
    void refusesAnEmptyPage() {
        assertDefect(Defect.NO_METRICS, new byte[0]);
    }

    @Test
    void countsAMetricOfAnotherType() throws IOException {
        assertThat(read(framed(family("latency_seconds", counter("code", "200", 3))))
                        .malformed())
                .isEqualTo(Map.of(Defect.WRONG_TYPE, new Malformed(Defect.WRONG_TYPE, 1, 1, "latency_seconds")));
    }

    @Test
    void countsAFamilyWithoutAName() throws IOException {
        assertThat(read(framed(message(4, counter("a", "b", 1)).toByteArray())).malformed())
                .containsOnlyKeys(Defect.BAD_NAME);
    }

    @Test
    void takesTheTotalForTheOverflowBucketThatGoLeavesOut() throws IOException {
        ByteString bucket = UnknownFieldSet.newBuilder()
                .addField(1, Field.newBuilder().addVarint(5).build())
                .addField(
                        2,
                        Field.newBuilder()
                                .addFixed64(Double.doubleToLongBits(0.1))
                                .build())
                .build()
                .toByteString();
        ByteString histogram = UnknownFieldSet.newBuilder()
                .addField(1, Field.newBuilder().addVarint(8).build())
                .addField(
                        2,
                        Field.newBuilder()
                                .addFixed64(Double.doubleToLongBits(2.5))
                                .build())
                .addField(3, Field.newBuilder().addLengthDelimited(bucket).build())
                .build()
                .toByteString();

        Page page = read(framed(family("latency_seconds", message(7, histogram).toByteString())));

        assertThat(page.histograms())
                .isEqualTo(Map.of("latency_seconds", Map.of(Labels.NONE, Histogram.of(Buckets.of(0.1), 2.5, 5, 3))));
    }

    @Test
    void answersEveryDamagedPageWithAPageOrARefusal() {
        byte[] page = MetricsPages.PROTOBUF.write(SyntheticApiserver.page(1, 1));
        Wanted wanted =
                Wanted.NOTHING.value("apiserver_request_total").histogram("apiserver_request_sli_duration_seconds");
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            int cutOff = random.nextBoolean() ? random.nextInt(page.length) : 0;
            byte[] damaged = Arrays.copyOf(page, page.length - cutOff);
            for (int n = random.nextInt(20); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                new PageReader(wanted, 100_000_000).read(new ByteArrayInputStream(damaged), Format.PROTOBUF);
            } catch (UnreadablePageException refused) {
                assertThat(refused.defect()).isNotNull();
            }
        }
    }

    private static void assertDefect(Defect defect, byte[] page) {
        assertThatExceptionOfType(UnreadablePageException.class)
                .isThrownBy(() -> read(page))
                .returns(defect, UnreadablePageException::defect);
    }

    private static Page read(byte[] page) throws UnreadablePageException {
        return new PageReader(WANTED, 1_000_000).read(new ByteArrayInputStream(page), Format.PROTOBUF);
    }

    private static ByteString counter(String label, String labelValue, double value) {
        ByteString pair = message(1, utf8(label)).toBuilder()
                .mergeFrom(message(2, utf8(labelValue)))
                .build()
                .toByteString();
        ByteString counted = UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        Field.newBuilder()
                                .addFixed64(Double.doubleToLongBits(value))
                                .build())
                .build()
                .toByteString();
        return message(1, pair).toBuilder()
                .mergeFrom(message(3, counted))
                .build()
                .toByteString();
    }

    private static byte[] family(String name, ByteString metric) {
        return message(1, utf8(name)).toBuilder()
                .mergeFrom(message(4, metric))
                .build()
                .toByteArray();
    }

    private static UnknownFieldSet message(int field, ByteString content) {
        return UnknownFieldSet.newBuilder()
                .addField(field, Field.newBuilder().addLengthDelimited(content).build())
                .build();
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static byte[] framed(byte[] message) {
        var out = new ByteArrayOutputStream();
        int rest = message.length;
        for (; rest >= 0x80; rest >>>= 7) {
            out.write((rest & 0x7F) | 0x80);
        }
        out.write(rest);
        out.writeBytes(message);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
