package dev.andon.codec;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes values of any record from its components, so that a record that gets a new component is tested without a change
 * here. What a constructor refuses is drawn again.
 */
final class AnyRecord {
    private static final int DRAWS = 1_000;
    private static final double[] DOUBLES = {0, 1, 0.5, 0.1, 1e-300, 1.0 / 3, 4.8, -17.25, Double.MAX_VALUE};
    private static final long[] LONGS = {0, 1, 23, 24, 255, 3_000, Integer.MAX_VALUE, 1L << 53, Long.MAX_VALUE};
    private static final int NANOS = 1_000_000_000;

    private final Random random;
    private final boolean everythingPresent;

    /** @param everythingPresent whether every Optional has a value and every collection an element */
    AnyRecord(long seed, boolean everythingPresent) {
        this.random = new Random(seed);
        this.everythingPresent = everythingPresent;
    }

    <T> T of(Class<T> type) {
        return type.cast(any(type));
    }

    private Object any(Type type) {
        if (type instanceof ParameterizedType generic) return container(generic);
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) return record(raw);
        if (raw.isEnum()) return oneOf(raw.getEnumConstants());
        if (raw.isSealed()) return any(oneOf(raw.getPermittedSubclasses()));
        if (raw.isArray()) return array(raw.getComponentType());
        return simple(raw);
    }

    private Object simple(Class<?> raw) {
        if (raw == String.class) return oneOf("west", "apiserver/LIST/latency", "ä✓", "a\u0000b", "x".repeat(40));
        if (raw == double.class || raw == Double.class) return real();
        if (raw == float.class || raw == Float.class) return (float) real();
        if (raw == byte.class) return (byte) random.nextInt(256);
        if (raw == long.class || raw == Long.class) return LONGS[random.nextInt(LONGS.length)];
        if (raw == int.class || raw == Integer.class) return random.nextInt(1_000_000);
        if (raw == boolean.class || raw == Boolean.class) return random.nextBoolean();
        if (raw == Instant.class) return oneOf(time(), time(), time(), Instant.MAX);
        if (raw == Duration.class)
            return oneOf(Duration.ZERO, Duration.ofSeconds(5), Duration.ofNanos(random.nextInt()));
        if (raw == OptionalLong.class) return present() ? OptionalLong.of(7) : OptionalLong.empty();
        if (raw == OptionalInt.class) return present() ? OptionalInt.of(7) : OptionalInt.empty();
        if (raw == OptionalDouble.class) return present() ? OptionalDouble.of(real()) : OptionalDouble.empty();
        throw new AssertionError(
                "AnyRecord cannot make a " + raw + ": teach it, and see that StateFormat knows it too");
    }

    private Object container(ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type first = generic.getActualTypeArguments()[0];
        if (raw == Optional.class) return present() ? Optional.of(any(first)) : Optional.empty();
        if (raw == List.class) return several(first);
        if (raw == Set.class) return new TreeSet<>(several(first));
        if (raw == Map.class) {
            Map<Object, Object> map = new TreeMap<>();
            several(first).forEach(key -> map.put(key, any(generic.getActualTypeArguments()[1])));
            return map;
        }
        throw new AssertionError("AnyRecord cannot make a " + generic + ": teach it");
    }

    private List<Object> several(Type element) {
        List<Object> all = new ArrayList<>();
        int count = random.nextInt(3) + (everythingPresent ? 1 : 0);
        for (int i = 0; i < count; i++) all.add(any(element));
        return all;
    }

    private Object array(Class<?> element) {
        Object array = Array.newInstance(element, random.nextInt(4) + (everythingPresent ? 1 : 0));
        for (int i = 0; i < Array.getLength(array); i++) Array.set(array, i, any(element));
        return array;
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        for (int draw = 0; draw < DRAWS; draw++) {
            Object[] values = Arrays.stream(components)
                    .map(component -> any(component.getGenericType()))
                    .toArray();
            try {
                var constructor = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return constructor.newInstance(values);
            } catch (InvocationTargetException refused) {
                if (!(refused.getCause() instanceof IllegalArgumentException)) throw new AssertionError(refused);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(String.valueOf(e.getMessage()), e);
            }
        }
        throw new AssertionError(
                "the constructor of " + type + " refused " + DRAWS + " draws: teach AnyRecord its ranges");
    }

    private double real() {
        return random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextDouble();
    }

    private Instant time() {
        long seconds = 1_733_957_465L + random.nextInt(1_000_000);
        return Instant.ofEpochSecond(seconds, random.nextBoolean() ? 5_000_000 : random.nextInt(NANOS));
    }

    private boolean present() {
        return everythingPresent || random.nextInt(3) > 0;
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
