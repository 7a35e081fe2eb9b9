package io.aeromesh.shm;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A link's name, hashed: the high half names its files, both halves are compared in the handshake, so that two links
 * whose files have one name are told apart.
 */
record LinkId(long high, long low)
{
    static final Charset CHARSET = StandardCharsets.UTF_8;
    static final String HEX_LENGTH_NAME = "0123456789abcdef";

    static LinkId of(final String link)
    {
        try
        {
            final ByteBuffer digest =
                ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(link.getBytes(CHARSET)));
            return new LinkId(digest.getLong(), digest.getLong());
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every JVM has SHA-256", ex);
        }
    }

    String fileName()
    {
        return hex(high);
    }

    static String hex(final long value)
    {
        return String.format("%016x", value);
    }

    static boolean isHex(final String text)
    {
        return text.length() == HEX_LENGTH_NAME.length() &&
            text.chars().allMatch((c) -> HEX_LENGTH_NAME.indexOf(c) >= 0);
    }
}
