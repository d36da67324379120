package dev.andon.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.andon.decide.ClusterReport;
import dev.andon.decide.ClusterState;
import dev.andon.decide.FleetInput;
import dev.andon.decide.Standing;
import dev.andon.detect.SeriesState;
import dev.andon.domain.OperatorOverride;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    @Property(tries = 100)
    void keepsSeries(@ForAll long seed) {
        keeps(StateCodec.SERIES, new AnyRecord(seed, false).of(SeriesState.class));
    }

    @Property(tries = 100)
    void keepsClusters(@ForAll long seed) {
        keeps(StateCodec.CLUSTERS, new AnyRecord(seed, false).of(ClusterState.class));
    }

    @Property(tries = 100)
    void keepsReports(@ForAll long seed) {
        keeps(StateCodec.REPORTS, new AnyRecord(seed, false).of(ClusterReport.class));
    }

    @Property(tries = 100)
    void keepsEveryKindOfFleetInput(@ForAll long seed) {
        keeps(StateCodec.FLEET_INPUTS, new AnyRecord(seed, false).of(FleetInput.class));
    }

    @Property(tries = 100)
    void keepsStandings(@ForAll long seed) {
        keeps(StateCodec.STANDINGS, new AnyRecord(seed, false).of(Standing.class));
    }

    @Property(tries = 100)
    void keepsOverrides(@ForAll long seed) {
        keeps(StateCodec.OVERRIDES, new AnyRecord(seed, false).of(OperatorOverride.class));
    }

    record Exact(List<Double> numbers, Instant time, Duration length) {}

    @Property(tries = 100)
    void keepsEveryBitOfANumber(@ForAll long bits, @ForAll long more) {
        StateCodec<Exact> codec = new StateCodec<>(Exact.class);
        List<Double> numbers =
                List.of(Double.longBitsToDouble(bits), Double.NaN, -0.0, Double.MIN_VALUE, (double) Float.MAX_VALUE);
        Exact read =
                codec.decode(codec.encode(new Exact(numbers, Instant.ofEpochMilli(more / 2), Duration.ofNanos(bits))));
        assertThat(read.time()).isEqualTo(Instant.ofEpochMilli(more / 2));
        assertThat(read.length()).isEqualTo(Duration.ofNanos(bits));
        assertThat(read.numbers()).isEqualTo(numbers); // boxed doubles are compared bit by bit
    }

    @Test
    void keepsTimesThatAreNoMilliseconds() {
        StateCodec<Exact> codec = new StateCodec<>(Exact.class);
        for (Instant time :
                List.of(Instant.MAX, Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.EPOCH.plusMillis(1))) {
            assertThat(codec.decode(codec.encode(new Exact(List.of(), time, Duration.ofNanos(-1))))
                            .time())
                    .isEqualTo(time);
        }
    }

    record Ordered(Set<String> names) {}

    @Test
    void keepsTheOrderOfASet() {
        StateCodec<Ordered> codec = new StateCodec<>(Ordered.class);
        List<String> order = List.of("z", "a", "apiserver/LIST/latency", "k", "b");
        assertThat(codec.decode(codec.encode(new Ordered(new LinkedHashSet<>(order))))
                        .names())
                .containsExactlyElementsOf(order);
    }

    record Before(String name, long count) {}

    record Appended(String name, long count, Optional<Instant> since, OptionalLong nodes) {}

    record AppendedWithoutDefault(String name, long count, double level) {}

    @Test
    void readsOlderBytesWhereWhatWasAppendedIsOptional() {
        byte[] older = new StateCodec<>(Before.class).encode(new Before("west", 3));
        assertThat(new StateCodec<>(Appended.class).decode(older))
                .isEqualTo(new Appended("west", 3, Optional.empty(), OptionalLong.empty()));
    }

    @Test
    void inventsNoValueForAMissingComponent() {
        byte[] older = new StateCodec<>(Before.class).encode(new Before("west", 3));
        StateCodec<AppendedWithoutDefault> codec = new StateCodec<>(AppendedWithoutDefault.class);
        assertThatThrownBy(() -> codec.decode(older))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessageContaining("is damaged or lacks a component: Missing required creator property 'level'");
    }

    @Test
    void ignoresWhatANewerVersionAppended() {
        byte[] newer = new StateCodec<>(Appended.class)
                .encode(new Appended("west", 3, Optional.of(Instant.EPOCH), OptionalLong.of(4)));
        assertThat(new StateCodec<>(Before.class).decode(newer)).isEqualTo(new Before("west", 3));
    }

    @Test
    void refusesAnotherVersionAndSaysWhatToDo() {
        byte[] bytes = StateCodec.STANDINGS.encode(new AnyRecord(1, true).of(Standing.class));
        bytes[0] = 7;
        assertThatThrownBy(() -> StateCodec.STANDINGS.decode(bytes))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessage("Standing has version 7 but this program reads version 1: run the program that wrote it,"
                        + " or start anew with another application id");
        assertThatThrownBy(() -> StateCodec.STANDINGS.decode(new byte[0])).hasMessageContaining("no version");
    }

    @Property(tries = 100)
    void refusesDamageWithItsOwnExceptionOnly(@ForAll long seed, @ForAll int position, @ForAll byte value) {
        byte[] bytes = StateCodec.FLEET_INPUTS.encode(new AnyRecord(seed, false).of(FleetInput.class));
        bytes[Math.floorMod(position, bytes.length)] = value;
        try {
            assertThat(StateCodec.FLEET_INPUTS.decode(bytes)).isNotNull();
        } catch (UnreadableStateException e) {
            assertThat(e).hasMessageStartingWith("FleetInput ");
        }
    }

    @Test
    void refusesTruncatedAndPaddedBytes() {
        byte[] bytes = StateCodec.STANDINGS.encode(new AnyRecord(1, true).of(Standing.class));
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 1);
        byte[] padded = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> StateCodec.STANDINGS.decode(cut)).isInstanceOf(UnreadableStateException.class);
        assertThatThrownBy(() -> StateCodec.STANDINGS.decode(padded)).isInstanceOf(UnreadableStateException.class);
    }

    /** Equality of values, and of bytes for what equality does not see. */
    private static <T> void keeps(StateCodec<T> codec, T value) {
        byte[] bytes = codec.encode(value);
        T read = codec.decode(bytes);
        assertThat(read).isEqualTo(value);
        assertThat(codec.encode(read)).isEqualTo(bytes);
    }
}
