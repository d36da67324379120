package dev.andon.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that a released version wrote, stored as hex beside what they say, must be read for ever. */
class GoldenBytesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final SchemaCatalog CATALOG = SchemaCatalog.standard();

    record Released(String record, int version, Schema schema) {
        @Override
        public String toString() {
            return record + "/" + version;
        }
    }

    static Stream<Released> released() {
        List<Released> all = new ArrayList<>();
        CATALOG.records().stream().sorted().forEach(record -> {
            List<Schema> history = CATALOG.history(record);
            for (int i = 0; i < history.size(); i++) {
                all.add(new Released(record, i + 1, history.get(i)));
            }
        });
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("released")
    void bytesOfAReleasedVersionStillSayTheSame(Released released) throws IOException {
        byte[] bytes = golden(released);
        String says = Files.readString(GOLDEN.resolve(released + ".json")).strip();

        assertThat(asJson(bytes, released.schema(), released.schema())).isEqualTo(says);
        SpecificRecord now = serdeOf(released).decode(bytes);
        assertThat(asJson(serdeOf(released).encode(now), now.getSchema(), released.schema()))
                .as("read by this version, written again, and read by %s", released)
                .isEqualTo(says);
    }

    private static byte[] golden(Released released) throws IOException {
        Path file = GOLDEN.resolve(released + ".hex");
        if (!Files.exists(file)) {
            SpecificRecord sample = Samples.of(released.record());
            byte[] bytes = serdeOf(released).encode(sample);
            throw new AssertionError("no golden bytes of " + released + ". Write " + file + ":\n"
                    + HexFormat.of().formatHex(bytes) + "\nand " + released + ".json beside it:\n"
                    + asJson(bytes, sample.getSchema(), released.schema()));
        }
        return HexFormat.of().parseHex(Files.readString(file).strip());
    }

    private static String asJson(byte[] bytes, Schema writer, Schema reader) {
        try {
            return new GenericDatumReader<>(writer, reader)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, 10, bytes.length - 10, null))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // the class of a sample is the class of its serde
    private static SingleObjectSerde<SpecificRecord> serdeOf(Released released) {
        return new SingleObjectSerde<>(
                (Class<SpecificRecord>) Samples.of(released.record()).getClass());
    }
}
