package dev.andon.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class BrokerKindTest {
    @Test
    void isTheEmbeddedOneUnlessAnotherIsNamed() {
        assertThat(BrokerKind.parse(null)).isEqualTo(BrokerKind.EMBEDDED);
        assertThat(BrokerKind.parse("")).isEqualTo(BrokerKind.EMBEDDED);
        assertThat(BrokerKind.parse("testcontainers")).isEqualTo(BrokerKind.TESTCONTAINERS);
    }

    @Test
    void refusesANameItDoesNotKnowRatherThanTestingSomethingElse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerKind.parse("testcontainer"))
                .withMessage(
                        "-Dandon.test.broker=testcontainer is not a kind of broker: use one of embedded, testcontainers");
    }
}
