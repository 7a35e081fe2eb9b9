package io.aeromesh.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No name of an exception is left in what is said to people.
 */
class ReasonTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldSayWhatIsWrongWithAFile() throws IOException
    {
        final Path file = Files.createFile(directory.resolve("file"));
        final Path missing = directory.resolve("missing");

        assertEquals("'" + missing + "' does not exist", reason(() -> Files.readString(missing)));
        assertEquals("'" + missing + "' does not exist",
            reason(() -> Files.createFile(missing.resolve("in").resolve("it"))));
        assertEquals("'" + file + "' exists already, and is something else",
            reason(() -> Files.createDirectories(file)));
        assertEquals("'/x' is no directory", Reason.of(new NotDirectoryException("/x")));
        assertEquals("'" + directory + "' is not empty", reason(() -> Files.delete(directory)));
        assertEquals("'/x' is not allowed to this user", Reason.of(new AccessDeniedException("/x")));
        assertEquals("'/x': Read-only file system",
            Reason.of(new FileSystemException("/x", null, "Read-only file system")));
    }

    @Test
    void shouldMakeWordsOfTheNameWhereNothingElseIsSaid()
    {
        assertEquals("closed channel", Reason.of(new ClosedChannelException()));
        assertEquals("'/x': file system", Reason.of(new FileSystemException("/x")));
    }

    @Test
    void shouldSayWhatIsKnownWhereNoFileIsNamed()
    {
        assertEquals("no such file", Reason.of(new NoSuchFileException(null)));
        assertEquals("quota exceeded", Reason.of(new FileSystemException(null, null, "quota exceeded")));
    }

    @Test
    void shouldLeaveOtherMessagesAsTheyAre()
    {
        assertEquals("No space left on device", Reason.of(new IOException("No space left on device")));
        assertEquals("no address is known for host nowhere", Reason.of(new UnknownHostException("nowhere")));
    }

    @Test
    void shouldLookThroughWrappers()
    {
        assertEquals("'/x' does not exist", Reason.of(new UncheckedIOException(new NoSuchFileException("/x"))));
        assertEquals("planted", Reason.of(new IllegalStateException(new IOException("planted"))));
    }

    private interface Attempt
    {
        void run() throws IOException;
    }

    private static String reason(final Attempt attempt)
    {
        return Reason.of(assertThrows(IOException.class, attempt::run));
    }
}
