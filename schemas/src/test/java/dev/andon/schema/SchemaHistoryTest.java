package dev.andon.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written today must be readable by every released version, and the other way round. */
class SchemaHistoryTest {
    private static final Path HISTORY = Path.of("src/main/resources/dev/andon/schema/history");
    private static final Path HASHES = Path.of("src/test/resources/history.sha256");
    private static final SchemaCatalog CATALOG = SchemaCatalog.standard();

    static Stream<String> records() {
        return CATALOG.records().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyReleasedVersionAndTheCurrentOneReadEachOther(String record) {
        Schema current = CATALOG.current(record);
        List<Schema> newestFirst = new ArrayList<>(CATALOG.history(record));
        java.util.Collections.reverse(newestFirst);
        try {
            new SchemaValidatorBuilder().mutualReadStrategy().validateAll().validate(current, newestFirst);
        } catch (SchemaValidationException e) {
            fail("the schema of " + record + " breaks with its history: "
                    + newestFirst.stream()
                            .flatMap(old -> Stream.of(problems(current, old), problems(old, current)))
                            .collect(Collectors.joining("; ")));
        }
    }

    private static String problems(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .toString();
    }

    @ParameterizedTest
    @MethodSource("records")
    void theCurrentSchemaIsTheLastOneOfItsHistory(String record) {
        List<Schema> history = CATALOG.history(record);
        Schema current = CATALOG.current(record);
        assertThat(history).as("history of %s", record).isNotEmpty();
        assertThat(SchemaCatalog.fingerprint(history.get(history.size() - 1)))
                .as(
                        "%s changed: add history/%s/%d.avsc (fully expanded), its line in index.txt, its hash and its"
                                + " golden bytes: %s",
                        record, record, history.size() + 1, current)
                .isEqualTo(SchemaCatalog.fingerprint(current));
    }

    /** Fingerprints and Avro's own compatibility check ignore logical types: milliseconds would turn into microseconds. */
    @ParameterizedTest
    @MethodSource("records")
    void noFieldEverChangesItsLogicalType(String record) {
        Map<String, String> now = logicalTypes(CATALOG.current(record), "", new TreeMap<>());
        assertThat(now).as("%s has at least one instant", record).containsValue("timestamp-millis");
        for (Schema old : CATALOG.history(record)) {
            logicalTypes(old, "", new TreeMap<>()).forEach((field, type) -> {
                if (now.containsKey(field)) {
                    assertThat(now.get(field))
                            .as("logical type of %s%s; add a field instead", record, field)
                            .isEqualTo(type);
                }
            });
        }
    }

    /** Logical type, or "none", of every field by its path. */
    private static Map<String, String> logicalTypes(Schema schema, String path, Map<String, String> found) {
        switch (schema.getType()) {
            case RECORD ->
                schema.getFields().forEach(field -> logicalTypes(field.schema(), path + "." + field.name(), found));
            case UNION -> schema.getTypes().forEach(type -> logicalTypes(type, path + "|" + type.getType(), found));
            case ARRAY -> logicalTypes(schema.getElementType(), path + "[]", found);
            case MAP -> logicalTypes(schema.getValueType(), path + "{}", found);
            default ->
                found.put(
                        path,
                        schema.getLogicalType() == null
                                ? "none"
                                : schema.getLogicalType().getName());
        }
        return found;
    }

    @Test
    void noTwoSchemasShareAFingerprint() {
        Map<Long, String> owners = new HashMap<>();
        records().forEach(record -> {
            int version = 0;
            for (Schema schema : CATALOG.history(record)) {
                version++;
                String before = owners.put(SchemaCatalog.fingerprint(schema), record + "/" + version);
                assertThat(before)
                        .as("same fingerprint as %s/%d", record, version)
                        .isNull();
            }
        });
    }

    @Test
    void filesOfTheHistoryNeverChange() throws IOException {
        Map<String, String> expected = Files.readAllLines(HASHES).stream()
                .map(line -> line.split(" +"))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0], (a, b) -> a, TreeMap::new));
        Map<String, String> actual = new TreeMap<>();
        for (String file : historyFiles()) {
            actual.put(file, sha256(HISTORY.resolve(file)));
        }
        assertThat(actual)
                .as("hashes in history.sha256: a released schema is never edited, a new one gets a new file and line")
                .isEqualTo(expected);
    }

    @Test
    void theIndexListsEveryFileOfTheHistoryInOrder() throws IOException {
        List<String> index = Files.readAllLines(HISTORY.resolve("index.txt"));
        assertThat(index).containsExactlyInAnyOrderElementsOf(historyFiles());
        records().forEach(record -> assertThat(index.stream().filter(file -> file.startsWith(record + "/")))
                .as("versions of %s, oldest first, without a gap", record)
                .containsExactlyElementsOf(Stream.iterate(1, version -> version + 1)
                        .limit(CATALOG.history(record).size())
                        .map(version -> record + "/" + version + ".avsc")
                        .toList()));
    }

    private static List<String> historyFiles() throws IOException {
        try (Stream<Path> files = Files.walk(HISTORY)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .map(file -> HISTORY.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
