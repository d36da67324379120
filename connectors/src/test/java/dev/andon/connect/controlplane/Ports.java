package dev.andon.connect.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports that nobody used when they were asked for: the programs cannot be told to find their own.
 *
 * @param apiserver the same after it was killed and started again
 * @param audit where the apiserver sends its audit events; a test listens there, or nobody does
 */
record Ports(int etcd, int etcdPeers, int apiserver, int audit) {
    static Ports free() {
        ServerSocket[] sockets = new ServerSocket[4];
        try {
            for (int i = 0; i < sockets.length; i++) {
                sockets[i] = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
            }
            return new Ports(
                    sockets[0].getLocalPort(),
                    sockets[1].getLocalPort(),
                    sockets[2].getLocalPort(),
                    sockets[3].getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close(sockets);
        }
    }

    private static void close(ServerSocket[] sockets) {
        for (ServerSocket socket : sockets) {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
