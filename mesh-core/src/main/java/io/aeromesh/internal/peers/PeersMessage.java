package io.aeromesh.internal.peers;

import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.PeersDecoder;
import io.aeromesh.protocol.codec.PeersEncoder;
import io.aeromesh.spi.Edge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The message by which places are told. One packet: who does not fit is told another time. Agent thread.
 */
final class PeersMessage
{
    private static final int LENGTH_MAX = Edge.PACKET_LENGTH_MIN - PacketHeader.LENGTH;
    private static final int FIXED_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + PeersEncoder.BLOCK_LENGTH +
        PeersEncoder.PlacesEncoder.sbeHeaderSize();
    private static final int ENTRY_LENGTH = PeersEncoder.PlacesEncoder.addressHeaderLength() +
        PeersEncoder.PlacesEncoder.nameHeaderLength();

    /** An entry. */
    record Place(String address, String name)
    {
    }

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_MAX]);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final PeersEncoder encoder = new PeersEncoder();
    private final PeersDecoder decoder = new PeersDecoder();
    private final List<byte[]> texts = new ArrayList<>();
    private int room;

    /**
     * Begins a message.
     */
    void begin()
    {
        texts.clear();
        room = LENGTH_MAX - FIXED_LENGTH;
    }

    /**
     * Adds an entry.
     *
     * @return false when it does not fit any more.
     */
    boolean add(final String address, final String name)
    {
        final byte[] addressBytes = address.getBytes(StandardCharsets.UTF_8);
        final byte[] nameBytes = NodeIds.utf8(name);
        room -= ENTRY_LENGTH + addressBytes.length + nameBytes.length;
        if (room < 0)
        {
            return false;
        }
        texts.add(addressBytes);
        texts.add(nameBytes);
        return true;
    }

    /**
     * Ends a message, which is in {@link #buffer()} then.
     *
     * @return its length in bytes.
     */
    int end(final int edges, final int edgesWanted)
    {
        final PeersEncoder.PlacesEncoder places = encoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .edges(edges).edgesWanted(edgesWanted).placesCount(texts.size() / 2);
        for (int i = 0; i < texts.size(); i += 2)
        {
            places.next().putAddress(texts.get(i), 0, texts.get(i).length)
                .putName(texts.get(i + 1), 0, texts.get(i + 1).length);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Reads a message whose shape was checked.
     */
    void wrap(final DirectBuffer message, final int offset)
    {
        decoder.wrapAndApplyHeader(message, offset, headerDecoder);
    }

    int edges()
    {
        return decoder.edges();
    }

    int edgesWanted()
    {
        return decoder.edgesWanted();
    }

    /**
     * The entries; to be read once.
     */
    List<Place> places()
    {
        final List<Place> all = new ArrayList<>();
        for (final PeersDecoder.PlacesDecoder place : decoder.places())
        {
            final String address = place.address();
            all.add(new Place(address, place.name()));
        }
        return all;
    }
}
