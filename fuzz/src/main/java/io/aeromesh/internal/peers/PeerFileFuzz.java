package io.aeromesh.internal.peers;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.os.KeptFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file of known places with any content: damaged anywhere, or with any lines behind a checksum that is right. It is
 * set aside once with one reason, or read; and what is read is within the bound and is kept as it is.
 */
public final class PeerFileFuzz implements KeptFile
{
    private static final int PEERS_MAX = 4;
    private static final int PATCHES_MAX = 8;
    private static final int LENGTH = 1024;
    private static final byte[] GOOD = good();

    private byte[] content;
    private int asides;

    private PeerFileFuzz(final byte[] content)
    {
        this.content = content;
    }

    private static byte[] good()
    {
        final KnownPeer named = new KnownPeer("10.0.0.1:9");
        named.name("pricer");
        named.roundTripNs(70_000);
        named.seenMs(1_700_000_000_000L);
        return PeerText.encode(List.of(named, new KnownPeer("[fe80::1]:9")));
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(1 << 20, bytes, PeerFileFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final FuzzInput input = new FuzzInput(bytes);
        final PeerFileFuzz file = new PeerFileFuzz(switch (input.below(4))
        {
            case 0 -> input.bytes(LENGTH);
            case 1 -> patched(input);
            default -> lines(input);
        });
        final List<Throwable> errors = new ArrayList<>();
        final PeerMemory memory = new PeerMemory(file, PEERS_MAX, errors::add);
        memory.doWork(0, List.of());
        final List<KnownPeer> kept = memory.take();

        Must.hold(errors.size() == file.asides, "reasons", errors.size());
        Must.within(0, file.asides, 1, "times set aside");
        Must.within(0, kept.size(), file.asides == 0 ? PEERS_MAX : 0, "places");
        errors.forEach(error -> Must.hold(
            error instanceof MeshException refused && refused.code() == ErrorCode.MEMORY_DAMAGED, "told " + error));

        memory.changed();
        memory.close(kept);
        Must.hold(texts(PeerText.decode(file.content, PEERS_MAX)).equals(texts(kept)), "is kept otherwise");
    }

    private static byte[] patched(final FuzzInput input)
    {
        final byte[] patched = GOOD.clone();
        for (int i = 0; i < PATCHES_MAX && input.hasMore(); i++)
        {
            patched[input.below(patched.length)] ^= (byte)input.int8();
        }
        return new FuzzInput(patched).bytes(patched.length - input.below(patched.length));
    }

    private static byte[] lines(final FuzzInput input)
    {
        final byte[] body = input.bytes(LENGTH);
        final CRC32C checksum = new CRC32C();
        checksum.update(body);
        final byte[] header = String.format("aeromesh-peers 1 %08x %d%n", checksum.getValue(), body.length)
            .getBytes(StandardCharsets.UTF_8);
        final byte[] all = new byte[header.length + body.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(body, 0, all, header.length, body.length);
        return all;
    }

    private static List<String> texts(final List<KnownPeer> peers)
    {
        return peers.stream().map(peer -> peer + " " + peer.roundTripNs() + " " + peer.seenMs()).sorted().toList();
    }

    // --- KeptFile ---

    @Override
    public byte[] read()
    {
        return content;
    }

    @Override
    public String setAside()
    {
        asides++;
        return "aside";
    }

    @Override
    public void write(final byte[] newContent)
    {
        content = newContent;
    }

    @Override
    public MeshException takeError()
    {
        return null;
    }

    @Override
    public void close()
    {
        // on heap
    }
}
