package dev.andon.schema;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.SchemaStore;
import org.jspecify.annotations.NullMarked;

/**
 * Every schema that a record of Andon's topics has, or ever had. All of them lie in this jar, so bytes that any released
 * version wrote can be read without a registry.
 *
 * <p>The history lies in {@code history/<record>/<version>.avsc}, oldest version 1, listed in {@code history/index.txt}.
 * Files of the history never change: a new schema is a new file. Immutable, and safe for use by several threads.
 */
@NullMarked
public final class SchemaCatalog {
    /** The schemas that this version writes, one per kind of record that is a topic's value. */
    private static final List<Schema> CURRENT = List.of(
            RolloutEvent.getClassSchema(),
            ApiserverLatency.getClassSchema(),
            DnsErrors.getClassSchema(),
            Measurement.getClassSchema(),
            ClusterInfo.getClassSchema(),
            ChangePoint.getClassSchema(),
            Signal.getClassSchema(),
            OperatorOverride.getClassSchema(),
            Delivery.getClassSchema());

    private static final SchemaCatalog STANDARD = new SchemaCatalog(CURRENT, readHistory());

    private final Map<String, Schema> current = new LinkedHashMap<>();
    private final Map<String, List<Schema>> history;
    private final SchemaStore.Cache store = new SchemaStore.Cache();

    private SchemaCatalog(List<Schema> current, Map<String, List<Schema>> history) {
        this.history = history;
        history.values().forEach(versions -> versions.forEach(store::addSchema));
        for (Schema schema : current) {
            this.current.put(schema.getName(), schema);
            store.addSchema(schema);
        }
    }

    /** The catalog of this jar. */
    public static SchemaCatalog standard() {
        return STANDARD;
    }

    /** Simple names of the records that are values of topics, such as {@code Signal}. */
    public Set<String> records() {
        return Set.copyOf(current.keySet());
    }

    /** The schema with which this version writes the record. */
    public Schema current(String record) {
        Schema schema = current.get(record);
        if (schema == null) {
            throw new IllegalArgumentException(
                    "no record is called '" + record + "'; there are " + String.join(", ", current.keySet()));
        }
        return schema;
    }

    /** Every released schema of the record, oldest first. */
    public List<Schema> history(String record) {
        return history.getOrDefault(current(record).getName(), List.of());
    }

    /** All current and historic schemas by fingerprint, in the form that Avro's message decoders take. */
    public SchemaStore store() {
        return store;
    }

    /** CRC-64-AVRO of the schema's parsing canonical form: what single-object encoding puts before the body. */
    public static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    private static Map<String, List<Schema>> readHistory() {
        Map<String, List<Schema>> history = new LinkedHashMap<>();
        try (BufferedReader index =
                new BufferedReader(new InputStreamReader(open("history/index.txt"), StandardCharsets.UTF_8))) {
            for (String file : index.lines().toList()) {
                try (InputStream in = open("history/" + file)) {
                    history.computeIfAbsent(file.substring(0, file.indexOf('/')), name -> new ArrayList<>())
                            .add(new Schema.Parser().parse(in));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the history of schemas in this jar cannot be read; rebuild the jar", e);
        }
        history.replaceAll((name, versions) -> List.copyOf(versions));
        return history;
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = SchemaCatalog.class.getResourceAsStream(resource);
        if (in == null) {
            throw new FileNotFoundException(resource + " is missing beside " + SchemaCatalog.class.getName());
        }
        return in;
    }
}
