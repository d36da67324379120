package dev.andon.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Input;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Measurement;
import dev.andon.domain.RejectReason;
import dev.andon.domain.RolloutEvent;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** JSON of recordings and of HTTP bodies (contract, section 3) to inputs and back. Thread-safe once constructed. */
public final class JsonCodec {
    private static final Pattern REMARKS = Pattern.compile("( \\(start marker at |\\n).*", Pattern.DOTALL);

    private final ObjectMapper mapper;
    private final SampleLines samples = new SampleLines();
    private final Map<InputKind, ObjectReader> readers = new EnumMap<>(InputKind.class);

    /** @param unknownField told the name of every field that the contract does not know; such fields are ignored */
    public JsonCodec(Consumer<String> unknownField) {
        mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .addHandler(new DeserializationProblemHandler() {
                    @Override
                    public boolean handleUnknownProperty(
                            DeserializationContext context,
                            JsonParser parser,
                            JsonDeserializer<?> deserializer,
                            Object beanOrClass,
                            String name)
                            throws IOException {
                        unknownField.accept(name);
                        parser.skipChildren();
                        return true;
                    }
                })
                .build();
        readers.put(InputKind.ROLLOUTS, mapper.readerFor(JsonLines.RolloutLine.class));
        readers.put(InputKind.APISERVER_LATENCY, mapper.readerFor(JsonLines.LatencyLine.class));
        readers.put(InputKind.DNS_ERRORS, mapper.readerFor(JsonLines.DnsLine.class));
        readers.put(InputKind.MEASUREMENTS, mapper.readerFor(JsonLines.MeasurementLine.class));
        readers.put(InputKind.CLUSTERS, mapper.readerFor(JsonLines.ClusterLine.class));
    }

    /**
     * Reads one object.
     *
     * @throws InvalidInput when it is not JSON, lacks a field or breaks a rule; the message says which and the value seen
     */
    public Input read(InputKind kind, String json) {
        Optional<? extends Record> sample = sample(kind, json);
        return sample.isPresent() ? toDomain(sample.get()) : readAny(kind, json);
    }

    /** Reads a sample that is as it should be and says nothing to anybody; {@link #read} has to read what is absent. */
    public Optional<Input> readPlain(InputKind kind, String json) {
        try {
            return sample(kind, json).map(JsonCodec::toDomain);
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private Optional<? extends Record> sample(InputKind kind, String json) {
        return switch (kind) {
            case APISERVER_LATENCY -> samples.latency(json);
            case DNS_ERRORS -> samples.dns(json);
            case MEASUREMENTS -> samples.measurement(json);
            case ROLLOUTS, CLUSTERS -> Optional.empty();
        };
    }

    /** Reads what is not as usual too, and says what is wrong. */
    Input readAny(InputKind kind, String json) {
        try {
            Object line = java.util.Objects.requireNonNull(readers.get(kind)).readValue(json);
            if (line == null) throw new InvalidInput(RejectReason.UNREADABLE, "must be a JSON object but was null");
            return toDomain(line);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof InvalidInput invalid) throw invalid;
            throw new InvalidInput(RejectReason.UNREADABLE, firstLine(e.getOriginalMessage()));
        }
    }

    private static Input toDomain(Object line) {
        if (line instanceof JsonLines.LatencyLine latency) return latency.toDomain();
        if (line instanceof JsonLines.DnsLine dns) return dns.toDomain();
        if (line instanceof JsonLines.RolloutLine rollout) return rollout.toDomain();
        if (line instanceof JsonLines.MeasurementLine measurement) return measurement.toDomain();
        return ((JsonLines.ClusterLine) line).toDomain();
    }

    /** @return one line of JSON without a line end */
    public String write(Input input) {
        return json(line(input));
    }

    private static Object line(Input input) {
        if (input instanceof LatencySample latency) return JsonLines.LatencyLine.of(latency);
        if (input instanceof DnsSample dns) return JsonLines.DnsLine.of(dns);
        if (input instanceof RolloutEvent rollout) return JsonLines.RolloutLine.of(rollout);
        if (input instanceof Measurement measurement) return JsonLines.MeasurementLine.of(measurement);
        return JsonLines.ClusterLine.of((ClusterInfo) input);
    }

    /** @return one line of JSON, the same for the same signal on every run and machine */
    public String write(dev.andon.domain.Signal signal) {
        return json(SignalJson.of(signal));
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of our own can always be written", e);
        }
    }

    /** What is wrong, without the parser's own remarks about where it reads from. */
    private static String firstLine(String message) {
        return REMARKS.matcher(message).replaceFirst("");
    }
}
