package io.aeromesh.internal.peers;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Known places as they are kept on disk: text that people can read, behind a line with its checksum. Stateless.
 * <pre>
 *  aeromesh-peers 1 CHECKSUM LENGTH
 *  ADDRESS TAB ROUND-TRIP-NS TAB SEEN-MS TAB NAME
 * </pre>
 * The checksum is CRC-32C in 8 hex digits, the length in bytes, both of all that follows the first line.
 */
final class PeerText
{
    private static final String MAGIC = "aeromesh-peers 1 ";
    private static final char END = '\n';
    private static final String SEPARATOR = "\t";
    private static final int FIELDS = 4;
    private static final int HEADER_FIELDS = 4;
    private static final int CHECKSUM_RADIX = 16;

    private PeerText()
    {
    }

    static byte[] encode(final Collection<KnownPeer> peers)
    {
        final StringBuilder text = new StringBuilder();
        for (final KnownPeer peer : peers)
        {
            text.append(peer.address()).append(SEPARATOR).append(peer.roundTripNs()).append(SEPARATOR)
                .append(peer.seenMs()).append(SEPARATOR).append(peer.name()).append(END);
        }
        final byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        final byte[] header = (MAGIC + String.format("%08x", checksum(body, 0)) + " " + body.length + END)
            .getBytes(StandardCharsets.UTF_8);
        final byte[] all = new byte[header.length + body.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(body, 0, all, header.length, body.length);
        return all;
    }

    /**
     * Reads what was kept.
     *
     * @param countMax of places that are taken.
     * @throws MeshException MEMORY_DAMAGED saying what is wrong.
     */
    static List<KnownPeer> decode(final byte[] content, final int countMax)
    {
        int start = 0;
        while (start < content.length && content[start] != END)
        {
            start++;
        }
        final String header = new String(content, 0, start, StandardCharsets.UTF_8);
        final String[] parts = header.split(" ", -1);
        if (start == content.length || parts.length != HEADER_FIELDS || !header.startsWith(MAGIC))
        {
            throw damaged("its first line is not '" + MAGIC + "CHECKSUM LENGTH'");
        }
        start++;
        if (number(parts[3]) != content.length - start)
        {
            throw damaged("it has " + (content.length - start) + " bytes where " + parts[3] + " were written");
        }
        final long checksum = checksum(content, start);
        if (!parts[2].equals(String.format("%08x", checksum)))
        {
            throw damaged("its checksum is " + Long.toString(checksum, CHECKSUM_RADIX) + " where " + parts[2] +
                " was written");
        }
        final List<KnownPeer> peers = new ArrayList<>();
        final String body = new String(content, start, content.length - start, StandardCharsets.UTF_8);
        for (final String line : body.split(String.valueOf(END)))
        {
            if (!line.isEmpty() && peers.size() < countMax)
            {
                peers.add(peer(line.split(SEPARATOR, -1)));
            }
        }
        return peers;
    }

    private static KnownPeer peer(final String[] fields)
    {
        if (fields.length != FIELDS)
        {
            throw damaged("a line has " + fields.length + " fields, need " + FIELDS);
        }
        final KnownPeer peer = new KnownPeer(fields[0]);
        peer.roundTripNs(number(fields[1]));
        peer.seenMs(number(fields[2]));
        if (!fields[3].isEmpty())
        {
            try
            {
                NodeIds.validate(fields[3]);
            }
            catch (final MeshException ex)
            {
                throw damaged("a name is bad: " + ex.getMessage());
            }
            peer.name(fields[3]);
        }
        return peer;
    }

    private static long number(final String text)
    {
        try
        {
            return Long.parseLong(text);
        }
        catch (final NumberFormatException ex)
        {
            throw damaged("'" + text + "' is no number");
        }
    }

    private static long checksum(final byte[] bytes, final int offset)
    {
        final CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, bytes.length - offset);
        return checksum.getValue();
    }

    private static MeshException damaged(final String what)
    {
        return new MeshException(ErrorCode.MEMORY_DAMAGED, "the file of known places is damaged: " + what);
    }
}
