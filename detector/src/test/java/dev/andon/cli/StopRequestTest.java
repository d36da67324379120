package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopRequestTest {
    @Test
    void endsTheWaitOfTheCommandAndWaitsForItsEnd() throws InterruptedException {
        StopRequest request = StopRequest.listen();
        Thread hook = new Thread(request::stop);
        hook.start();
        assertThat(request.await(Duration.ofSeconds(30))).isTrue();
        assertThat(hook.isAlive()).isTrue();
        request.close();
        hook.join(30_000);
        assertThat(hook.isAlive()).isFalse();
    }

    @Test
    void waitsNoLongerThanTold() {
        try (StopRequest request = StopRequest.listen()) {
            assertThat(request.await(Duration.ofMillis(1))).isFalse();
            assertThat(request.asked()).isFalse();
        }
    }
}
