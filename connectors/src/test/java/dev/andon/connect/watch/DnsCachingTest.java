package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class DnsCachingTest {
    private static final String KUBEADM = """
            .:53 {
                errors
                health {
                   lameduck 5s
                }
                ready
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                   pods insecure
                   fallthrough in-addr.arpa ip6.arpa
                   ttl 30
                }
                prometheus :9153
                forward . /etc/resolv.conf {
                   max_concurrent 1000
                }
                cache 30 {
                   disable success cluster.local
                   disable denial cluster.local
                }
                loop
                reload
                loadbalance
            }
            """;

    private static final String NODE_LOCAL = """
            __PILLAR__DNS__DOMAIN__:53 {
                errors
                cache {
                        success 9984 30
                        denial 9984 5
                }
                reload
                loop
                bind __PILLAR__LOCAL__DNS__ __PILLAR__DNS__SERVER__
                forward . __PILLAR__CLUSTER__DNS__ {
                        force_tcp
                }
                prometheus :9253
                health __PILLAR__LOCAL__DNS__:8080
                }
            in-addr.arpa:53 {
                errors
                cache 30
                forward . __PILLAR__CLUSTER__DNS__ {
                        force_tcp
                }
                }
            .:53 {
                errors
                cache 30
                bind __PILLAR__LOCAL__DNS__ __PILLAR__DNS__SERVER__
                forward . __PILLAR__UPSTREAM__SERVERS__
                }
            """;

    private static final String SNIPPETS = """
            # what all servers share
            (caching) {
                cache 300 {
                    import stale   # also within a block
                }
            }
            (stale) {
                serve_stale 30m verify
            }
            (unused) {
                cache 3000
            }
            cluster.local:53, example.org:53
            {
                import caching
            }
            """;

    static Stream<Arguments> corefiles() {
        return Stream.of(
                Arguments.of("of kubeadm", KUBEADM, 30, 0),
                Arguments.of("of NodeLocal DNSCache", NODE_LOCAL, 30, 0),
                Arguments.of("with snippets", SNIPPETS, 300 + 1800, 1800),
                Arguments.of("without a TTL", ".:53 {\n cache\n}", 3600, 0),
                Arguments.of("with a zone in the place of the TTL", ".:53 {\n cache example.org\n}", 3600, 0),
                Arguments.of("with TTL and zone", ".:53 {\n cache 20 example.org\n}", 20, 0),
                Arguments.of(
                        "that serves stale answers as usual", ".:53 {\n cache 30 {\n serve_stale\n }\n}", 3630, 3600),
                Arguments.of("with 90 s", ".:53 {\n cache 30 {\n serve_stale 1m30s immediate\n }\n}", 120, 90),
                Arguments.of("with 1.5 h", ".:53 {\n cache 30 {\n serve_stale 1.5h\n }\n}", 5430, 5400),
                Arguments.of("with 0", ".:53 {\n cache 30 {\n serve_stale 0\n }\n}", 30, 0),
                Arguments.of("with part of a second", ".:53 {\n cache 30 {\n serve_stale 1ms\n }\n}", 31, 1),
                Arguments.of(
                        "whose success counts",
                        ".:53 {\n cache 30 {\n success 9984 60 10\n denial 9984 900\n }\n}",
                        60,
                        0),
                Arguments.of("with a capacity alone", ".:53 {\n cache 30 {\n success 5000\n }\n}", 30, 0),
                Arguments.of("that passes on its TTL anew", ".:53 {\n cache 30 {\n keepttl\n }\n}", 30, 30),
                Arguments.of(
                        "that keeps no success", ".:53 {\n cache 30 {\n disable success\n serve_stale\n }\n}", 0, 0),
                Arguments.of("with options to come", ".:53 {\n cache 30 {\n servfail 5s\n to_come 7\n }\n}", 30, 0),
                Arguments.of("whose last server is longest", "a {\n cache 5\n}\nb {\n cache 50\n}\n", 50, 0),
                Arguments.of("without braces", ".:53\ncache 25\nforward . 10.0.0.1\n", 25, 0),
                Arguments.of("with comments", "#{\n.:53 { # {\n cache 7#0\n#}\n}", 7, 0),
                Arguments.of("with quotes", ".:53 {\n log \"a } b\n # \\\" {\"\n cache \"45\"\n}", 45, 0),
                Arguments.of("with braces of their own", ".:53\n{\n cache 12\n {\n serve_stale 8s\n }\n}\n", 20, 8),
                Arguments.of("of Windows", ".:53 {\r\n  cache 30\r\n}\r\n", 30, 0),
                Arguments.of("with variables elsewhere", "{$ZONE}:53 {\n forward . {$UP} {%WIN%}\n cache 30\n}", 30, 0),
                Arguments.of(
                        "with files beside",
                        "import custom/*.server\n.:53 {\n import custom/*.override\n cache 30\n}",
                        30,
                        0),
                Arguments.of("without a cache", ".:53 {\n forward . 10.0.0.1\n}", 0, 0));
    }

    @ParameterizedTest(name = "a Corefile {0}")
    @MethodSource("corefiles")
    void tellsTheLongestLifetimeOf(String name, String corefile, long longest, long beyond) throws RefusedException {
        assertThat(DnsCaching.of(corefile)).contains(caching(longest, beyond));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".:53 {\n cache {$TTL}\n}",
                ".:53 {\n cache {\n success 9984 {%TTL%}\n }\n}",
                ".:53 {\n cache 30 {\n serve_stale {$STALE}\n }\n}",
                ".:53 {\n import custom/*.override\n forward . 10.0.0.1\n}",
                "import conf.d/*.conf"
            })
    void cannotTellWhatIsSaidElsewhere(String corefile) throws RefusedException {
        assertThat(DnsCaching.of(corefile)).isEmpty();
    }

    static Stream<Arguments> garbage() {
        return Stream.of(
                Arguments.of("", "there is no server block with a plugin in it"),
                Arguments.of("# nothing\n", "there is no server block with a plugin in it"),
                Arguments.of("no Corefile at all", "there is no server block with a plugin in it"),
                Arguments.of(".:53 {\n}", "there is no server block with a plugin in it"),
                Arguments.of("\0\1\2\uffff", "there is no server block with a plugin in it"),
                Arguments.of(".:53 {\n cache 30\n", "line 1: the block that begins here does not end"),
                Arguments.of(".:53 {\n log \"\n cache 30\n}\n", "line 1: the block that begins here does not end"),
                Arguments.of(".:53 {\n cache 30\n}\n}", "line 4: this brace closes nothing"),
                Arguments.of("\n{\n cache 30\n}", "line 2: this brace opens the block of nothing"),
                Arguments.of(".:53 {\n cache 0\n}", "line 2: \"0\" is no TTL in seconds between 1 and 2147483647"),
                Arguments.of(
                        ".:53 {\n cache 9999999999\n}",
                        "line 2: \"9999999999\" is no TTL in seconds between 1 and 2147483647"),
                Arguments.of(
                        ".:53 {\n cache {\n success 9 soon\n }\n}",
                        "line 3: \"soon\" is no TTL in seconds between 1 and 2147483647"),
                Arguments.of(
                        ".:53 {\n cache {\n serve_stale verify\n }\n}",
                        "line 3: \"verify\" is no duration such as 1h or 90s of at most 68 years"),
                Arguments.of(
                        ".:53 {\n cache {\n serve_stale 9999999999h\n }\n}",
                        "line 3: \"9999999999h\" is no duration such as 1h or 90s of at most 68 years"),
                Arguments.of("(a) {\n import a\n}\n. {\n import a\n}", "line 2: \"a\" imports itself"),
                Arguments.of(
                        "x {\n".repeat(100_000).substring(0, 200_000), "line 51: more than 50 blocks in one another"),
                Arguments.of(".".repeat(300_000), "300000 characters are more than the 262144 allowed"),
                Arguments.of(unfolding(), "more than 50000 lines with all that is imported"));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void refusesWhatCoreDnsWouldNotStartWith(String corefile, String message) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> DnsCaching.of(corefile))
                .withMessage(message);
    }

    @Test
    void countsOneTtlForAWholeChainAndEveryStaleTime() {
        assertThat(DnsCaching.chain(List.of())).isEmpty();
        assertThat(chained(caching(30, 0), caching(30, 0))).isEqualTo(30);
        assertThat(chained(caching(3630, 3600), caching(60, 0))).isEqualTo(3660);
        assertThat(chained(caching(3630, 3600), caching(630, 600))).isEqualTo(4230);
        assertThat(chained(caching(30, 30), caching(30, 0))).isEqualTo(60);
    }

    private static long chained(DnsCaching... caches) {
        return DnsCaching.chain(List.of(caches)).orElseThrow().toSeconds();
    }

    private static String unfolding() {
        var text = new StringBuilder("(s0) {\n errors\n}\n");
        for (int i = 1; i < 40; i++) {
            text.append("(s%d) {\n import s%d\n import s%d\n}\n".formatted(i, i - 1, i - 1));
        }
        return text + ". {\n import s39\n}\n";
    }

    private static DnsCaching caching(long longest, long beyond) {
        return new DnsCaching(Duration.ofSeconds(longest), Duration.ofSeconds(beyond));
    }
}
