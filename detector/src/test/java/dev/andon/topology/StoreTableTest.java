package dev.andon.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.codec.StateCodec;
import dev.andon.decide.Standing;
import dev.andon.decide.Table;
import dev.andon.domain.Action;
import dev.andon.domain.Signal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTableTest {
    private KeyValueStore<String, Standing> store;

    @BeforeEach
    void newStore(@TempDir Path directory) {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        var config = StreamsProperties.of("test", "unused:1", directory).build(Topics.DEFAULT, clock, Observer.NONE);
        var context = new MockProcessorContext<Object, Object>(config, new TaskId(0, 0), directory.toFile());
        store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("s"), Serdes.String(), StateCodec.STANDINGS.serde())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
    }

    @Test
    void writesThroughAndIsTheSameWhenMadeAnew() {
        StoreTable<Standing> table = new StoreTable<>(store);
        table.put("b", standing("2"));
        table.put("a", standing("1"));
        table.put("c", standing("3"));
        table.remove("c");
        assertThat(rows(new StoreTable<>(store))).isEqualTo(rows(table)).containsExactly("a=1", "b=2");
        assertThat(new StoreTable<>(store).get("c")).isEmpty();
    }

    @Test
    void mayBeChangedWhileItIsVisited() {
        StoreTable<Standing> table = new StoreTable<>(store);
        for (String key : List.of("a", "b", "c", "d")) table.put(key, standing(key));
        List<String> seen = new ArrayList<>();
        table.forEach((key, row) -> {
            seen.add(key);
            table.remove(key);
            table.put(key + "'", row);
        });
        assertThat(seen).containsExactly("a", "b", "c", "d");
        assertThat(rows(table)).containsExactly("a'=a", "b'=b", "c'=c", "d'=d");
    }

    @Test
    void keepsPartsWithDifferentPrefixesApart() {
        StoreTable<Standing> table = new StoreTable<>(store);
        Table<Standing> blue = table.within("blue\u0000");
        Table<Standing> blueish = table.within("blueish\u0000");
        blue.put("r/1", standing("x"));
        blueish.put("r/1", standing("y"));
        blueish.remove("r/2");
        assertThat(rows(blue)).containsExactly("r/1=x");
        assertThat(rows(blueish)).containsExactly("r/1=y");
        blue.remove("r/1");
        assertThat(blue.get("r/1")).isEmpty();
        assertThat(blueish.get("r/1")).contains(standing("y"));
    }

    private static Standing standing(String id) {
        return new Standing(
                signal(id), "west", Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, false);
    }

    private static Signal signal(String id) {
        return new Signal(
                Instant.EPOCH,
                id,
                Action.HALT,
                Optional.of("agent"),
                Optional.of("west"),
                Optional.of(Instant.EPOCH),
                OptionalDouble.of(0.9),
                "hurt",
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> rows(Table<Standing> table) {
        List<String> rows = new ArrayList<>();
        table.forEach((key, row) -> rows.add(key + "=" + row.signal().signalId()));
        return rows;
    }
}
