package io.aeromesh.error;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Why something failed, in words for people: Java says a part of it by the names of its exceptions only.
 */
public final class Reason
{
    private Reason()
    {
    }

    /**
     * The words, such as {@code '/run/x' does not exist}. One line's part, without a full stop.
     */
    public static String of(final Throwable cause)
    {
        if (cause instanceof FileSystemException file && file.getFile() != null)
        {
            return ofFile(file);
        }
        final String message = cause.getMessage();
        if (cause.getCause() != null && cause.getCause().toString().equals(message))
        {
            return of(cause.getCause()); // it only wraps
        }
        if (cause instanceof UnknownHostException)
        {
            return "no address is known for host " + message;
        }
        return message == null || message.isBlank() ? words(cause) : message;
    }

    /**
     * Who wants to write a file is told the same when its directory is missing.
     */
    private static Path firstMissing(final Path file)
    {
        final Path parent = file.getParent();
        return parent == null || Files.exists(parent) ? file : firstMissing(parent);
    }

    private static String ofFile(final FileSystemException cause)
    {
        return cause instanceof NoSuchFileException ?
            "'" + firstMissing(Path.of(cause.getFile())) + "' does not exist" :
            "'" + cause.getFile() + "'" + whatOfFile(cause);
    }

    private static String whatOfFile(final FileSystemException cause)
    {
        if (cause instanceof AccessDeniedException)
        {
            return " is not allowed to this user";
        }
        if (cause instanceof FileAlreadyExistsException)
        {
            return " exists already, and is something else";
        }
        if (cause instanceof NotDirectoryException)
        {
            return " is no directory";
        }
        if (cause instanceof DirectoryNotEmptyException)
        {
            return " is not empty";
        }
        return ": " + (cause.getReason() == null ? words(cause) : cause.getReason());
    }

    /**
     * For those that say nothing: {@code ClosedChannelException} is a closed channel.
     */
    private static String words(final Throwable cause)
    {
        return cause.getClass().getSimpleName().replaceAll("(Exception|Error)$", "")
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
