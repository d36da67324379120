package dev.andon.connect.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Who may talk to the apiserver, as files in one folder: a token for each component and for the administrator, all of them
 * with all rights, and the keys that service accounts' tokens are signed with.
 */
final class Credentials {
    static final String ADMIN = "test-admin";
    static final String CONTROLLERS = "system:kube-controller-manager";
    static final String SCHEDULER = "system:kube-scheduler";
    static final String NODES = "system:node:hollow";

    private final Path folder;
    private final String secret = UUID.randomUUID().toString();

    Credentials(Path folder, Ports ports) throws IOException, GeneralSecurityException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("tls"));
        StringBuilder tokens = new StringBuilder();
        for (String user : List.of(ADMIN, CONTROLLERS, SCHEDULER, NODES)) {
            tokens.append(token(user))
                    .append(",")
                    .append(user)
                    .append(",")
                    .append(user)
                    .append(",\"system:masters\"\n");
            Files.writeString(
                    kubeconfig(user), kubeconfig("https://127.0.0.1:" + ports.apiserver(), ca(), token(user)));
        }
        Files.writeString(tokens(), tokens);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Files.writeString(signingKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(verifyingKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    String token(String user) {
        return UUID.nameUUIDFromBytes((secret + user).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    /** The apiserver makes its certificate itself, and the one that signs it, in one file. */
    Path ca() {
        return tls().resolve("apiserver.crt");
    }

    Path tls() {
        return folder.resolve("tls");
    }

    Path tokens() {
        return folder.resolve("tokens.csv");
    }

    Path signingKey() {
        return folder.resolve("service-accounts.key");
    }

    Path verifyingKey() {
        return folder.resolve("service-accounts.pub");
    }

    Path kubeconfig(String user) {
        return folder.resolve(user.replace(":", "-") + ".kubeconfig");
    }

    private static String kubeconfig(String server, Path ca, String token) {
        return """
                apiVersion: v1
                kind: Config
                current-context: it
                contexts: [{name: it, context: {cluster: it, user: it}}]
                clusters: [{name: it, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: it, user: {token: "%s"}}]
                """.formatted(server, ca, token);
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }
}
