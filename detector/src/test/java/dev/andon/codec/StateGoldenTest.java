package dev.andon.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.ClusterReport;
import dev.andon.decide.ClusterState;
import dev.andon.decide.FleetInput;
import dev.andon.decide.Standing;
import dev.andon.detect.SeriesState;
import dev.andon.domain.OperatorOverride;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that were once written must stay readable, component by component. After a release a file here never changes: a
 * record that gets components gets a further file. Before, {@code -Dandon.golden.write=true} writes them anew.
 */
class StateGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/state");
    private static final String CHANGED = "the bytes of a state changed: append components at the end, as Optional;"
            + " before the first release -Dandon.golden.write=true accepts the change";

    record Golden(StateCodec<?> codec, Class<?> type) {
        Path file(String ending) {
            return FOLDER.resolve(type.getSimpleName() + "-1." + ending);
        }

        @SuppressWarnings("unchecked") // a codec is paired with its own type
        byte[] encode(Object value) {
            return ((StateCodec<Object>) codec).encode(value);
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    static Stream<Golden> all() {
        return Stream.of(
                new Golden(StateCodec.SERIES, SeriesState.class),
                new Golden(StateCodec.CLUSTERS, ClusterState.class),
                new Golden(StateCodec.REPORTS, ClusterReport.class),
                new Golden(StateCodec.STANDINGS, Standing.class),
                new Golden(StateCodec.OVERRIDES, OperatorOverride.class),
                new Golden(StateCodec.FLEET_INPUTS, FleetInput.class));
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsAndWritesTheBytesThatItOnceWrote(Golden golden) {
        if (Boolean.getBoolean("andon.golden.write")) write(golden);
        byte[] bytes = HexFormat.of().parseHex(read(golden.file("hex")).replaceAll("\\s", ""));
        assertThat(dump("", decoded(golden, bytes))).as(CHANGED).isEqualTo(read(golden.file("txt")));
        assertThat(golden.encode(decoded(golden, bytes))).as(CHANGED).isEqualTo(bytes);
    }

    private static Object decoded(Golden golden, byte[] bytes) {
        try {
            return golden.codec().decode(bytes);
        } catch (UnreadableStateException e) {
            throw new AssertionError(CHANGED + ": " + e.getMessage(), e);
        }
    }

    private static void write(Golden golden) {
        Object value = new AnyRecord(1, true).of(golden.type());
        String hex = HexFormat.of().formatHex(golden.encode(value));
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(golden.file("hex"), hex.replaceAll("(.{96})", "$1\n") + "\n");
            Files.writeString(golden.file("txt"), dump("", value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names and values of all components, a line each. */
    private static String dump(String name, Object value) {
        if (value.getClass().isRecord()) {
            return Arrays.stream(value.getClass().getRecordComponents())
                    .map(component -> dump(name + "." + component.getName(), get(component, value)))
                    .collect(Collectors.joining());
        }
        if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> dump(name + "[" + i + "]", Array.get(value, i)))
                    .collect(Collectors.joining());
        }
        if (value instanceof Optional<?> optional && optional.isPresent()) return dump(name, optional.get());
        if (value instanceof Collection<?> all) return dump(name, all.toArray());
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> dump(name + "[" + entry.getKey() + "]", entry.getValue()))
                    .collect(Collectors.joining());
        }
        return (name + " = " + value).replace("\u0000", "\\0") + "\n";
    }

    private static Object get(RecordComponent component, Object of) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(String.valueOf(e.getMessage()), e);
        }
    }
}
