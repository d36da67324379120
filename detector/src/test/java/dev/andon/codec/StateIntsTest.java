package dev.andon.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StateIntsTest {
    private final ObjectMapper mapper = StateFormat.mapper();

    @Property
    void areReadAsTheyWereWrittenWhereOneComesAgainAndAgain(
            @ForAll int number, @ForAll @IntRange(max = 300) int times, @ForAll int[] others) throws IOException {
        int[] numbers = Arrays.copyOf(others, others.length + times);
        Arrays.fill(numbers, others.length, numbers.length, number);
        assertThat(mapper.readValue(mapper.writeValueAsBytes(numbers), int[].class))
                .isEqualTo(numbers);
    }

    @Test
    void takeHardlyAnyRoomWhereOneComesAgainAndAgain() throws IOException {
        int[] gaps = new int[96];
        Arrays.fill(gaps, 1, gaps.length, 50);
        assertThat(mapper.writeValueAsBytes(gaps)).hasSizeLessThan(10);
    }

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
