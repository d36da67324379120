package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that only talks to clients whose certificate it trusts, as a kube-apiserver may. */
@Timeout(60)
class TrustTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder = Path.of("");

    private final HttpsServer server = server();

    @BeforeAll
    static void makeKeys() throws Exception {
        for (String name : new String[] {"server", "client"}) {
            Path store = folder.resolve(name + ".p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            name,
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "san=ip:127.0.0.1",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            "changeit")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(output).isZero();
            writePem(name, store);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void trustsTheAuthorityItIsGivenAndShowsItsCertificate() throws Exception {
        Fetched fetched = fetch(Map.of(
                "tls.ca.file", pem("server.crt"),
                "tls.certificate.file", pem("client.crt"),
                "tls.key.file", pem("client.key")));

        assertThat(fetched).isInstanceOf(Fetched.Body.class);
    }

    @Test
    void doesNotTrustAServerThatNobodyVouchesFor() throws Exception {
        assertThat(fetch(Map.of())).isInstanceOfSatisfying(Fetched.Failed.class, failed -> assertThat(failed.reason())
                .isEqualTo(FetchFailure.TLS));
    }

    @Test
    void saysWhichFileIsNoCertificate() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> fetch(Map.of("tls.ca.file", pem("client.key"))))
                .withMessageContaining("TLS set-up failed");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> fetch(Map.of("tls.ca.file", pem("missing"))))
                .withMessageContaining("missing cannot be read");
    }

    @Test
    void saysHowToConvertAKeyOfAnotherFormat() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() ->
                        fetch(Map.of("tls.certificate.file", pem("client.crt"), "tls.key.file", pem("client.crt"))))
                .withMessageContaining("holds no PKCS #8 key; convert it with 'openssl pkcs8 -topk8 -nocrypt'");
    }

    private Fetched fetch(Map<String, String> access) throws Exception {
        var props = new HashMap<>(access);
        props.put(
                "apiserver.targets",
                "prod=https://127.0.0.1:" + server.getAddress().getPort());
        props.put("scrape.interval.ms", "30000");
        ScrapeSettings settings = ScrapeSettings.parse(props);
        URI url = settings.targets().get(0).url();
        return new PageFetcher(settings, Runnable::run)
                .fetch(new Target(Target.Kind.APISERVER, "prod", "api", url, true))
                .get(40, TimeUnit.SECONDS);
    }

    private static HttpsServer server() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(folder.resolve("server.p12")), PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "client", store(folder.resolve("client.p12")).getCertificate("client"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters needed = context.getDefaultSSLParameters();
                    needed.setNeedClientAuth(true);
                    parameters.setSSLParameters(needed);
                }
            });
            server.createContext("/", request -> {
                request.sendResponseHeaders(200, -1);
                request.close();
            });
            server.start();
            return server;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void writePem(String name, Path file) throws GeneralSecurityException, IOException {
        KeyStore store = store(file);
        Key key = store.getKey(name, PASSWORD);
        Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
        Files.writeString(
                folder.resolve(name + ".crt"),
                pem("CERTIFICATE", store.getCertificate(name).getEncoded()));
    }

    private static KeyStore store(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                + "\n-----END " + kind + "-----\n";
    }

    private static String pem(String file) {
        return folder.resolve(file).toString();
    }
}
