package dev.andon.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Holds a data directory for this process alone; two brokers that write the same logs would destroy them. */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "andon.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates the directory when it is missing and takes the lock. */
    static DirectoryLock take(Path directory) {
        FileChannel channel = open(directory);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = holderOf(channel);
                channel.close();
                throw new StartException("the data directory " + directory + " is in use by another process" + holder
                        + "; stop that process or choose another data.dir");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new StartException("the data directory " + directory + " cannot be locked: " + e.getMessage(), e);
        }
    }

    private static FileChannel open(Path directory) {
        try {
            Files.createDirectories(directory);
            return FileChannel.open(
                    directory.resolve(FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StartException(
                    "the data directory " + directory + " cannot be written ("
                            + e.getClass().getSimpleName()
                            + "); give this user write access to it or choose another data.dir",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String holderOf(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = StandardCharsets.UTF_8.decode(pid.flip()).toString().trim();
        return text.isEmpty() ? "" : " (process " + text + ")";
    }

    @Override
    public void close() throws IOException {
        // The file stays: deleting it would let two processes lock two different files of the same name.
        channel.close();
    }
}
