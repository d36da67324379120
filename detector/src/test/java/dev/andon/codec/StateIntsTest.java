package dev.andon.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StateIntsTest {
    private final ObjectMapper mapper = StateFormat.mapper();

    @Property(tries = 200)
    void areReadAsTheyWereWritten(@ForAll int[] numbers) throws IOException {
        assertThat(mapper.readValue(mapper.writeValueAsBytes(numbers), int[].class))
                .containsExactly(numbers);
    }

    @Test
    void takeOneByteWhereTheyAreSmall() throws IOException {
        assertThat(mapper.writeValueAsBytes(new int[] {0, 50, 127})).hasSize(4);
    }

    @Test
    void areRefusedWhereANumberDoesNotEndOrIsTooLarge() throws IOException {
        byte[] endless = mapper.writeValueAsBytes(new byte[] {1, -1});
        byte[] large = mapper.writeValueAsBytes(new byte[] {-1, -1, -1, -1, -1, 1});
        assertThatThrownBy(() -> mapper.readValue(endless, int[].class)).hasMessageContaining("without an end");
        assertThatThrownBy(() -> mapper.readValue(large, int[].class)).hasMessageContaining("more than 32 bits");
    }
}
