package dev.andon.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How Jackson writes state: every record as an array of its components, so that the core needs no annotations. */
final class StateFormat {
    private static final Set<Class<?>> MAY_BE_MISSING =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private StateFormat() {}

    static ObjectMapper mapper() {
        CBORFactory cbor = CBORFactory.builder()
                .enable(CBORGenerator.Feature.WRITE_MINIMAL_INTS)
                .enable(CBORGenerator.Feature.WRITE_MINIMAL_DOUBLES)
                .build();
        return CBORMapper.builder(cbor)
                .annotationIntrospector(new RecordsAsArrays())
                .visibility(PropertyAccessor.ALL, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addModule(new Jdk8Module())
                .addModule(exactTimes())
                .addModule(new SimpleModule()
                        .addSerializer(int[].class, new StateInts.Writer())
                        .addDeserializer(int[].class, new StateInts.Reader()))
                .build();
    }

    private static SimpleModule exactTimes() {
        return new SimpleModule()
                .addSerializer(Instant.class, StateTimes.INSTANT_WRITER)
                .addDeserializer(Instant.class, StateTimes.INSTANT_READER)
                .addSerializer(Duration.class, StateTimes.DURATION_WRITER)
                .addDeserializer(Duration.class, StateTimes.DURATION_READER)
                // A set keeps the order in which it was written: decisions must not depend on a restart.
                .addAbstractTypeMapping(Set.class, LinkedHashSet.class);
    }

    /** Says of records what annotations would say. */
    private static final class RecordsAsArrays extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonFormat.@Nullable Value findFormat(Annotated of) {
            return of instanceof AnnotatedClass && of.getRawType().isRecord()
                    ? JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)
                    : null;
        }

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember of) {
            return !MAY_BE_MISSING.contains(of.getRawType());
        }
    }
}
