package dev.andon.connect.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.Outcome.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpTransportTest {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final Receiver receiver = new Receiver();
    private final HttpTransport transport = new HttpTransport(PATIENT, PATIENT, Clock.systemUTC());

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void givesEveryStatusTheMeaningOfTheTable() {
        for (int status = 200; status <= 599; status++) {
            receiver.answer(status);
            Outcome outcome = transport.post(receiver.uri("/"), Map.of(), BODY);
            assertThat(outcome.kind()).as("kind of %d", status).isEqualTo(kindOf(status));
            assertThat(outcome.reason()).as("reason of %d", status).isEqualTo(reasonOf(status));
            assertThat(outcome.httpStatus()).hasValue(status);
            assertThat(outcome.detail()).contains(outcome.kind() == Kind.DELIVERED ? "accepted" : "" + status);
        }
        assertThat(receiver.requests()).as("no request is repeated").hasSize(400);
    }

    /** Written out as ranges here, apart from the code under test. */
    private static Kind kindOf(int status) {
        if (status <= 299) {
            return Kind.DELIVERED;
        }
        boolean again = status == 408 || status == 425 || status == 429 || status >= 500;
        return again ? Kind.RETRY : Kind.REJECTED;
    }

    private static Reason reasonOf(int status) {
        Map<Integer, Reason> special = Map.of(
                401, Reason.AUTH,
                403, Reason.AUTH,
                408, Reason.TIMEOUT,
                410, Reason.GONE,
                425, Reason.TIMEOUT,
                429, Reason.RATE_LIMITED);
        Reason general = status >= 500
                ? Reason.SERVER_ERROR
                : status >= 400 ? Reason.CLIENT_ERROR : status >= 300 ? Reason.REDIRECT : Reason.ACCEPTED;
        return special.getOrDefault(status, general);
    }

    /** What follows an interim status depends on the JDK: it may be taken for the answer, or awaited in vain. */
    @Test
    void triesAgainWhenTheAnswerIsOnlyAnInterimStatus() throws Exception {
        HttpTransport quick = new HttpTransport(PATIENT, Duration.ofMillis(300), Clock.systemUTC());
        for (int status : new int[] {100, 101, 102, 103, 199}) {
            try (Wire wire = new Wire("HTTP/1.1 " + status + " x\r\n\r\n", false)) {
                assertThat(quick.post(wire.uri(), Map.of(), BODY).kind())
                        .as("kind of %d", status)
                        .isEqualTo(Kind.RETRY);
            }
        }
        for (int status = 100; status <= 199; status++) {
            assertThat(Outcome.ofStatus(status, Duration.ZERO, java.util.Optional.empty())
                            .kind())
                    .isEqualTo(Kind.RETRY);
        }
    }

    @Test
    void passesOnHowLongTheReceiverWantsToBeLeftAlone() {
        receiver.answer(503, "Retry-After", "7").answer(503, "Retry-After", "soon");

        assertThat(transport.post(receiver.uri("/"), Map.of(), BODY).retryAfter())
                .contains(Duration.ofSeconds(7));
        assertThat(transport.post(receiver.uri("/"), Map.of(), BODY).retryAfter())
                .isEmpty();
    }

    @Test
    void neverFollowsARedirect() {
        try (Receiver other = new Receiver()) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                receiver.answer(status, "Location", other.uri("/stolen").toString());
                assertThat(transport.post(receiver.uri("/"), Map.of(), BODY).reason())
                        .isEqualTo(Reason.REDIRECT);
            }
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void saysWhoItIsAndSendsTheBodyAsItIs() {
        transport.post(receiver.uri("/hook?x=1"), Map.of("X-Team", "blue"), BODY);

        Receiver.Request request = receiver.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hook?x=1");
        assertThat(request.body()).isEqualTo("{}");
        assertThat(request.headers().getFirst("User-Agent")).isEqualTo("andon/" + Version.current());
        assertThat(request.headers().getFirst("X-Team")).isEqualTo("blue");
        assertThat(request.headers()).doesNotContainKey("Upgrade");
    }

    @Test
    void triesAgainWhenNobodyListens() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/secret-path");
        }

        Outcome outcome = transport.post(nobody, Map.of(), BODY);

        assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
        assertThat(outcome.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(outcome.httpStatus()).isEmpty();
        assertThat(outcome.detail())
                .isEqualTo("no answer (ConnectException): check that the receiver is up")
                .doesNotContain("secret-path");
    }

    @Test
    void triesAgainWhenTheNameIsUnknown() {
        Outcome outcome = transport.post(URI.create("http://receiver.invalid/"), Map.of(), BODY);

        assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
        assertThat(outcome.reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void triesAgainWhenTheReceiverStaysSilent() throws Exception {
        try (Wire wire = new Wire("", false)) {
            HttpTransport quick = new HttpTransport(PATIENT, Duration.ofMillis(200), Clock.systemUTC());

            Outcome outcome = quick.post(wire.uri(), Map.of(), BODY);

            assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
            assertThat(outcome.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(outcome.detail()).isEqualTo("no answer within 200 ms");
        }
    }

    @Test
    void triesAgainWhenTheReceiverHangsUp() throws Exception {
        try (Wire wire = new Wire("", true)) {
            assertThat(transport.post(wire.uri(), Map.of(), BODY).reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void triesAgainWhenTheReceiverSpeaksNoTls() throws Exception {
        try (Wire wire = new Wire("220 smtp.example.com ready\r\n", false)) {
            URI secure = URI.create(wire.uri().toString().replace("http:", "https:"));

            Outcome outcome = transport.post(secure, Map.of(), BODY);

            // The receiver hangs up after its banner, so the reset may overtake the complaint about the banner.
            assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
            assertThat(outcome.reason()).isIn(Reason.TLS, Reason.UNREACHABLE);
        }
    }

    @Test
    void takesTheStatusForTheAnswerThoughTheBodyNeverEnds() throws Exception {
        try (Wire wire = new Wire("HTTP/1.1 202 Accepted\r\nContent-Length: 1000\r\n\r\nabc", false)) {
            HttpTransport quick = new HttpTransport(PATIENT, Duration.ofSeconds(2), Clock.systemUTC());

            Outcome outcome = quick.post(wire.uri(), Map.of(), BODY);

            assertThat(outcome.kind()).isEqualTo(Kind.DELIVERED);
            assertThat(outcome.httpStatus()).hasValue(202);
        }
    }

    @Test
    void triesAgainWhenTheReceiverResetsTheConnection() throws Exception {
        try (Wire wire = Wire.resetting()) {
            assertThat(transport.post(wire.uri(), Map.of(), BODY).reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void triesAgainWhenTheAnswerComesTooSlowly() throws Exception {
        try (Wire wire = Wire.dripping("HTTP/1.1 200 OK\r\nX-Padding: " + "x".repeat(200) + "\r\n\r\n")) {
            HttpTransport quick = new HttpTransport(PATIENT, Duration.ofMillis(300), Clock.systemUTC());

            assertThat(quick.post(wire.uri(), Map.of(), BODY).reason()).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void readsNothingOutOfAnAnswerThatIsShorterThanItSays() throws Exception {
        try (Wire wire = new Wire("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"paused\":true}", true)) {
            Answer answer = transport.exchange("GET", wire.uri(), Map.of(), new byte[0]);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void hangsUpOnAnEndlessAnswer() throws Exception {
        String chunk = "x".repeat(1 << 20);
        try (Wire wire = new Wire("HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n" + chunk, false)) {
            assertThat(transport.post(wire.uri(), Map.of(), BODY).kind()).isEqualTo(Kind.DELIVERED);
        }
    }

    @Test
    void keepsTheInterruptOfItsThread() throws Exception {
        try (Wire wire = new Wire("", false)) {
            Thread.currentThread().interrupt();

            Outcome outcome = transport.post(wire.uri(), Map.of(), BODY);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
        }
    }

    @Test
    void showsNoMoreOfAUrlThanItsOrigin() {
        assertThat(HttpTransport.origin(URI.create("https://cd.example.com/hooks/T0K3N?key=1")))
                .isEqualTo("https://cd.example.com");
        assertThat(HttpTransport.origin(URI.create("http://[::1]:8080/a"))).isEqualTo("http://[::1]:8080");
    }
}
