package io.aeromesh.aeron;

import io.aeromesh.error.MeshException;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.fuzz.Scratch;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.JoinableMedium;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A place with a door at which strangers knock: any bytes, and frames of any fields, while the place dials, hangs up
 * and works. There is no media driver, so that no stream comes up. What it hears of others can be dialled, there is no
 * more of it than the place has room for, and each report is an error of the mesh with a reason.
 */
public final class PlaceFuzz
{
    private static final int STEPS_MAX = 64;
    private static final int ADDRESSES = 6;
    private static final int HEARD_MAX = 64;
    private static final long LONG_NS = 700_000_000L;
    private static final TransportContext CONTEXT = new TransportContext(
        "mesh", "fuzzed", MeshOs.system(), Scratch.directory(), TransportContext.Threading.INVOKED, Parking.NONE);
    private static final AeronPlaceEdgeConfig CONFIG = AeronPlaceEdgeConfig.from(
        EdgeUri.parse("aeron:udp?listen=10.0.0.3:9|join=10.0.0.1:9|edges-max=3|term-length=65536"));

    private final FuzzInput input;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[KnockFrame.LENGTH_MAX]);
    private final KnockFrame frame = new KnockFrame();
    private final AeronPlaceMedium place = new AeronPlaceMedium(CONFIG, PlaceAddresses.of(CONFIG),
        new DriverConnection(CONTEXT.baseDirectory().toString(), null, CONTEXT, DriverSettings.DEFAULT), CONTEXT);
    private final EdgeListener listener = new EdgeListener()
    {
        @Override
        public void onEdgeUp(final Medium medium, final Edge edge)
        {
            throw new AssertionError("an edge without a driver");
        }

        @Override
        public void onEdgeDown(final Medium medium, final Edge edge, final String reason)
        {
            throw new AssertionError("an edge that was never up");
        }

        @Override
        public void onMediumError(final Medium medium, final Throwable error)
        {
            Must.hold(error instanceof MeshException && !error.getMessage().isBlank(), "reported " + error);
        }
    };

    private PlaceFuzz(final FuzzInput input)
    {
        this.input = input;
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(8 << 20, bytes, PlaceFuzz::runOnce);
    }

    private static void runOnce(final byte[] bytes)
    {
        new PlaceFuzz(new FuzzInput(bytes)).run();
    }

    private void run()
    {
        long nowNs = 0;
        for (int i = 0; i < STEPS_MAX && input.hasMore(); i++)
        {
            switch (input.below(8))
            {
                case 0 -> take(anyBytes());
                case 1 -> place.dial(address(input.below(ADDRESSES)));
                case 2 -> place.hangUp(address(input.below(ADDRESSES)));
                case 3 -> nowNs += LONG_NS;
                default -> take(frame());
            }
            nowNs += input.below(4) * 1_000L;
            place.doWork(nowNs, listener);
            Must.within(0, place.dialled().size(), ADDRESSES, "dialled");
        }
        takeHeard();
        place.close();
    }

    private void take(final int length)
    {
        final byte[] before = Arrays.copyOf(buffer.byteArray(), length);
        if (frame.decode(buffer, 0, length))
        {
            final String address = String.join(KnockFrame.SEPARATOR, frame.addresses());
            final int again = KnockFrame.encode(buffer, frame.type(), frame.stream(), address, frame.name());
            // what is no text is shown as text
            Must.hold((address + frame.name()).matches("(?s).*[?\uFFFD].*") ||
                Arrays.equals(before, Arrays.copyOf(buffer.byteArray(), again)), "encodes to other bytes");
            place.onKnock(frame);
        }
        else
        {
            place.onNoKnock("a stranger");
        }
    }

    private int anyBytes()
    {
        final byte[] bytes = input.bytes(input.below(KnockFrame.LENGTH_MAX + 1));
        buffer.putBytes(0, bytes);
        return bytes.length;
    }

    private int frame()
    {
        final int stream = input.flag() ? input.int32() : KnockFrame.STREAM_MIN + 2 * input.below(4);
        String addresses = input.flag() ? text(64) : address(input.below(ADDRESSES));
        for (int more = input.below(4); more > 0; more--)
        {
            addresses += KnockFrame.SEPARATOR + (input.flag() ? text(32) : address(input.below(ADDRESSES)));
        }
        final String name = input.flag() ? text(32) : "stranger";
        return addresses.getBytes(StandardCharsets.UTF_8).length > 255 ||
            name.getBytes(StandardCharsets.UTF_8).length > LinkFrame.NAME_LENGTH_MAX ? 0 :
                KnockFrame.encode(buffer, KnockFrame.KNOCK + input.below(2), stream, addresses, name);
    }

    private String text(final int lengthMax)
    {
        return new String(input.bytes(input.below(lengthMax)), StandardCharsets.UTF_8);
    }

    private static String address(final int number)
    {
        return List.of("10.0.0.1:9", "10.0.0.2:9", "10.0.0.3:9", "10.0.0.4:9", "[fe80::5]:9", "10.0.0.6:9")
            .get(number);
    }

    private void takeHeard()
    {
        int count = 0;
        for (String heard = place.takeHeard(); heard != null; heard = place.takeHeard())
        {
            place.checkAddress(heard);
            Must.within(1, heard.length(), JoinableMedium.ADDRESS_LENGTH_MAX, "length of an address");
            Must.within(1, ++count, HEARD_MAX, "addresses heard of");
        }
    }
}
