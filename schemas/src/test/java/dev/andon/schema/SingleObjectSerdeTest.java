package dev.andon.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SingleObjectSerdeTest {
    private static final SingleObjectSerde<Signal> SIGNALS = new SingleObjectSerde<>(Signal.class);

    static Stream<SpecificRecord> samples() {
        return Samples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsBackWhatItWrote(SpecificRecord sample) {
        SingleObjectSerde<SpecificRecord> serde = serdeOf(sample);

        assertThat(serde.decode(serde.encode(sample))).isEqualTo(sample);
    }

    @Test
    void readsAbsentOptionalFieldsAsNullAndListsAsEmpty() {
        Signal alarm = Signal.newBuilder()
                .setTime(Instant.EPOCH)
                .setSignalId("a")
                .setAction(Action.ALARM)
                .setReason("r")
                .build();

        Signal read = SIGNALS.decode(SIGNALS.encode(alarm));

        assertThat(read.getRolloutId()).isNull();
        assertThat(read.getOnset()).isNull();
        assertThat(read.getEvidence()).isEmpty();
        assertThat(read.getMode()).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void beginsWithTheMarkerAndTheFingerprintOfTheSchema() {
        byte[] bytes = SIGNALS.encode(Samples.signal());

        assertThat(Arrays.copyOf(bytes, 2)).containsExactly(0xC3, 0x01);
        long fingerprint = 0;
        for (int i = 9; i >= 2; i--) {
            fingerprint = (fingerprint << 8) | (bytes[i] & 0xFF);
        }
        assertThat(fingerprint).isEqualTo(SchemaCatalog.fingerprint(Signal.getClassSchema()));
    }

    @Test
    void passesTombstonesThroughTheKafkaInterfaces() {
        assertThat(SIGNALS.serializer().serialize("andon.signals", null)).isNull();
        assertThat(SIGNALS.deserializer().deserialize("andon.signals", (byte[]) null))
                .isNull();
        byte[] bytes = SIGNALS.serializer().serialize("andon.signals", Samples.signal());
        assertThat(SIGNALS.deserializer().deserialize("andon.signals", bytes)).isEqualTo(Samples.signal());
    }

    @Test
    void saysWhichBytesAForeignValueBeginsWith() {
        refuses("{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasMessageContaining("these 7 bytes begin with 7B 22 instead of C3 01")
                .hasMessageContaining("Write them with Andon's own serde");
        refuses(new byte[0]).hasMessageContaining("these 0 bytes begin with nothing");
    }

    @Test
    void asksForAnUpgradeWhenTheSchemaIsUnknown() {
        byte[] bytes = SIGNALS.encode(Samples.signal());
        Arrays.fill(bytes, 2, 10, (byte) 0x11);

        refuses(bytes)
                .hasMessageContaining("Signal was written with schema 1111111111111111")
                .hasMessageContaining("upgrade this program");
    }

    @Test
    void namesTheOtherRecordWhenATopicIsMixedUp() {
        byte[] bytes = new SingleObjectSerde<>(Delivery.class).encode(Samples.delivery());

        refuses(bytes)
                .hasMessageContaining("Signal expected, but the value is a Delivery")
                .hasMessageContaining("check which topic is read");
    }

    @Test
    void saysThatAValueWasTruncatedWhereverItEnds() {
        byte[] bytes = SIGNALS.encode(Samples.signal());
        for (int length = 2; length < bytes.length; length++) {
            refuses(Arrays.copyOf(bytes, length)).hasMessageContaining("the value was truncated on its way");
        }
    }

    @Test
    void refusesBytesBehindTheRecord() {
        byte[] bytes = SIGNALS.encode(Samples.signal());

        refuses(Arrays.copyOf(bytes, bytes.length + 1)).hasMessageContaining("bytes that do not belong to it");
    }

    @Test
    void namesTheRecordThatCannotBeWritten() {
        assertThatThrownBy(() -> SIGNALS.encode(new Signal()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Signal cannot be written: ")
                .hasMessageContaining("set every required field");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void answersDamageWithASerializationExceptionAndNothingElse(SpecificRecord sample) {
        SingleObjectSerde<SpecificRecord> serde = serdeOf(sample);
        byte[] bytes = serde.encode(sample);
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = bytes.clone();
            for (int hit = 0; hit <= round % 3; hit++) {
                damaged[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt(256);
            }
            try {
                serde.decode(damaged);
            } catch (SerializationException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void servesSeveralThreadsAtOnce() throws Exception {
        List<Signal> signals = IntStream.range(0, 200)
                .mapToObj(i -> Signal.newBuilder(Samples.signal())
                        .setReason("r".repeat(i))
                        .build())
                .toList();
        Callable<List<Signal>> roundTrip = () -> signals.stream()
                .map(signal -> SIGNALS.decode(SIGNALS.encode(signal)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<List<Signal>> answer : threads.invokeAll(List.of(roundTrip, roundTrip, roundTrip, roundTrip))) {
                assertThat(answer.get()).isEqualTo(signals);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refuses(byte[] bytes) {
        return assertThatThrownBy(() -> SIGNALS.decode(bytes)).isInstanceOf(SerializationException.class);
    }

    @SuppressWarnings("unchecked") // the class of a sample is the class of its serde
    private static SingleObjectSerde<SpecificRecord> serdeOf(SpecificRecord sample) {
        return new SingleObjectSerde<>((Class<SpecificRecord>) sample.getClass());
    }
}
