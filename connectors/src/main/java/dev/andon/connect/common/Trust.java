package dev.andon.connect.common;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Whom to trust and how to prove who we are, from PEM files as Kubernetes keeps them. */
public final class Trust {
    private static final char[] NO_PASSWORD = new char[0];

    private Trust() {}

    /**
     * Reads the files.
     *
     * @return a context of the files given; Java's own where none is
     * @throws ConfigException when a file cannot be read, naming the file and never its content
     */
    public static SSLContext context(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(certificate, key), ca.isPresent() ? trustManagers(ca.get()) : null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigException("the TLS set-up failed: " + e.getMessage());
        }
    }

    private static TrustManager[] trustManagers(Path ca) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(ca)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keyManagers(Optional<Path> certificate, Optional<Path> key)
            throws GeneralSecurityException, IOException {
        if (certificate.isEmpty() || key.isEmpty()) {
            return null;
        }
        Certificate[] chain = certificates(certificate.get()).toArray(Certificate[]::new);
        KeyStore store = empty();
        store.setKeyEntry("client", privateKey(key.get()), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static Collection<? extends Certificate> certificates(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new ConfigException("the file " + file + " holds no certificate; expected PEM");
            }
            return all;
        } catch (IOException e) {
            throw new ConfigException("the file " + file + " cannot be read: " + e);
        }
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException {
        byte[] encoded = pkcs8(file);
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException anotherAlgorithm) {
                // The encoding names the algorithm, but Java offers no way to ask for it; the next one is tried.
            }
        }
        throw new ConfigException("the key in " + file + " is neither RSA, EC nor EdDSA");
    }

    private static byte[] pkcs8(Path file) {
        String begin = "-----BEGIN PRIVATE KEY-----";
        try {
            String pem = Files.readString(file);
            int from = pem.indexOf(begin);
            int to = pem.indexOf("-----END PRIVATE KEY-----");
            if (from < 0 || to < from) {
                throw new ConfigException("the file " + file + " holds no PKCS #8 key; convert it with"
                        + " 'openssl pkcs8 -topk8 -nocrypt'");
            }
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("the file " + file + " cannot be read as a PEM key: "
                    + e.getClass().getSimpleName());
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
