package dev.andon.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Habits that every schema keeps, so that each field can be understood without reading code. */
class SchemaRulesTest {
    private static final Set<Schema.Type> NUMBERS =
            Set.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);

    /** A unit at the end of the name, or one of the words that mean a unit by themselves. */
    private static final Pattern UNIT =
            Pattern.compile(".*(Seconds|Millis|Bytes|Ratio|Probability|Nodes|Answers|Status)");

    /** Plain counts and shares. */
    private static final Set<String> COUNTS = Set.of(
            "updated",
            "total",
            "clusters",
            "nodes",
            "counts",
            "codes",
            "rcodes",
            "responses",
            "timeouts",
            "samples",
            "attempt",
            "probability");

    /** Numbers whose unit stands in the field `unit` of the same record. */
    private static final Set<String> WITH_UNIT_FIELD = Set.of("value", "before", "after");

    @Test
    void everyRecordAndEnumSaysWhatItIs() {
        assertThat(types()).allSatisfy(type -> assertThat(type.getDoc())
                .as("doc of %s", type.getFullName())
                .isNotBlank());
    }

    @Test
    void everyFieldSaysWhatItMeans() {
        assertThat(fields()).allSatisfy(field -> assertThat(field.field().doc())
                .as("doc of %s", field)
                .isNotBlank()
                .endsWith("."));
    }

    @Test
    void everyEnumFallsBackToUnknown() {
        assertThat(types().stream().filter(type -> type.getType() == Schema.Type.ENUM))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.getEnumDefault())
                        .as("default of %s: an older reader needs it for a symbol that is added later", type.getName())
                        .isEqualTo("UNKNOWN"));
    }

    @Test
    void onlyNullIsJoinedWithAnotherTypeAndIsTheDefault() {
        assertThat(fields().stream().filter(field -> field.field().schema().isUnion()))
                .isNotEmpty()
                .allSatisfy(field -> {
                    assertThat(field.field().schema().getTypes())
                            .as("%s", field)
                            .hasSize(2);
                    assertThat(field.field().schema().getTypes().get(0).getType())
                            .as("%s", field)
                            .isEqualTo(Schema.Type.NULL);
                    assertThat(field.field().defaultVal())
                            .as("default of %s", field)
                            .isEqualTo(org.apache.avro.JsonProperties.NULL_VALUE);
                });
    }

    @Test
    void everyNumberCarriesItsUnit() {
        for (FieldOf field : fields()) {
            Schema number = bare(field.field().schema());
            String name = field.field().name();
            if (!NUMBERS.contains(number.getType()) || number.getLogicalType() != null) {
                continue;
            }
            boolean unitInField =
                    WITH_UNIT_FIELD.contains(name) && field.record().getField("unit") != null;
            assertThat(unitInField
                            || COUNTS.contains(name)
                            || UNIT.matcher(name).matches())
                    .as("%s is a number without a unit in its name", field)
                    .isTrue();
        }
    }

    @Test
    void everyInstantIsInMilliseconds() {
        for (FieldOf field : fields()) {
            Schema schema = bare(field.field().schema());
            if (schema.getLogicalType() != null) {
                assertThat(schema.getLogicalType().getName()).as("%s", field).isEqualTo("timestamp-millis");
                assertThat(field.field().doc()).as("%s", field).contains("milliseconds since 1970-01-01T00:00:00Z");
            }
        }
    }

    private record FieldOf(Schema record, Schema.Field field) {
        @Override
        public String toString() {
            return record.getName() + "." + field.name();
        }
    }

    private static List<FieldOf> fields() {
        return types().stream()
                .filter(type -> type.getType() == Schema.Type.RECORD)
                .flatMap(type -> type.getFields().stream().map(field -> new FieldOf(type, field)))
                .toList();
    }

    /** All named types that the current records are made of. */
    private static List<Schema> types() {
        Set<String> seen = new HashSet<>();
        List<Schema> types = new ArrayList<>();
        SchemaCatalog catalog = SchemaCatalog.standard();
        catalog.records().stream().sorted().forEach(record -> collect(catalog.current(record), seen, types));
        return types;
    }

    private static void collect(Schema schema, Set<String> seen, List<Schema> types) {
        Schema type = bare(schema);
        boolean named = type.getType() == Schema.Type.RECORD || type.getType() == Schema.Type.ENUM;
        if (named && seen.add(type.getFullName())) {
            types.add(type);
            if (type.getType() == Schema.Type.RECORD) {
                type.getFields().forEach(field -> collect(field.schema(), seen, types));
            }
        }
    }

    /** What is left of a type when option, list and map are taken off. */
    private static Schema bare(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> bare(schema.getTypes().get(schema.getTypes().size() - 1));
            case ARRAY -> bare(schema.getElementType());
            case MAP -> bare(schema.getValueType());
            default -> schema;
        };
    }
}
