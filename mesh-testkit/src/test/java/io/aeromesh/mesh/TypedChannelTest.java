package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Codec;
import io.aeromesh.MessageClaim;
import io.aeromesh.NodeLimits;
import io.aeromesh.TypedChannel;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.codec.CongestionDecoder;
import io.aeromesh.protocol.codec.CongestionEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Messages with a type, claims, and what is refused.
 */
class TypedChannelTest
{
    /** Any SBE flyweight will do; this one has two longs. */
    private static final class FlyweightCodec implements Codec<CongestionDecoder>
    {
        private final long fingerprint;
        private final CongestionDecoder decoder = new CongestionDecoder();

        FlyweightCodec(final long fingerprint)
        {
            this.fingerprint = fingerprint;
        }

        @Override
        public long fingerprint()
        {
            return fingerprint;
        }

        @Override
        public int encodedLength(final CongestionDecoder message)
        {
            return CongestionDecoder.BLOCK_LENGTH;
        }

        @Override
        public void encode(final CongestionDecoder message, final MutableDirectBuffer buffer, final int offset)
        {
            buffer.putBytes(offset, message.buffer(), message.offset(), CongestionDecoder.BLOCK_LENGTH);
        }

        @Override
        public CongestionDecoder decode(final DirectBuffer buffer, final int offset, final int length)
        {
            return decoder.wrap(buffer, offset, length, CongestionDecoder.SCHEMA_VERSION);
        }
    }

    @Test
    void shouldCarryFlyweights()
    {
        try (TestMesh mesh = TestMesh.chain(1, 3))
        {
            final TypedChannel<CongestionDecoder> first =
                TypedChannel.open(mesh.sim().node("a"), ChannelSpec.to("c"), new FlyweightCodec(5));
            final TypedChannel<CongestionDecoder> last =
                TypedChannel.open(mesh.sim().node("c"), ChannelSpec.to("a"), new FlyweightCodec(5));
            mesh.untilConnected(first.channel(), last.channel());
            final UnsafeBuffer scratch = new UnsafeBuffer(new byte[CongestionDecoder.BLOCK_LENGTH]);
            final CongestionEncoder out = new CongestionEncoder().wrap(scratch, 0);
            final CongestionDecoder message = new CongestionDecoder().wrap(
                scratch, 0, CongestionDecoder.BLOCK_LENGTH, CongestionDecoder.SCHEMA_VERSION);
            final int[] got = new int[1];
            final int[] sent = new int[1];
            mesh.runUntil("all delivered", () ->
            {
                while (sent[0] < 10_000 && first.offer(message(out, message, sent[0])) > 0)
                {
                    sent[0]++;
                }
                last.poll((received, origin) ->
                {
                    assertEquals(got[0], received.sessionId());
                    assertEquals(-got[0], received.position());
                    got[0]++;
                }, 100);
                return got[0] == 10_000;
            });
        }
    }

    private static CongestionDecoder message(
        final CongestionEncoder out, final CongestionDecoder message, final int value)
    {
        out.sessionId(value).position(-value);
        return message;
    }

    @Test
    void shouldNameBothFingerprintsAtBothEndsAndConnectOnceTheyAgree()
    {
        try (TestMesh mesh = TestMesh.chain(2, 3))
        {
            final Events atFirst = new Events();
            final Events atLast = new Events();
            final Channel first = mesh.open("a", ChannelSpec.to("c").schemaFingerprint(0xAAA).listener(atFirst));
            final Channel last = mesh.open("c", ChannelSpec.to("a").schemaFingerprint(0xBBB).listener(atLast));
            mesh.runUntil("rejected", () ->
            {
                first.poll((buffer, offset, length, origin) ->
                {}, 1);
                last.poll((buffer, offset, length, origin) ->
                {}, 1);
                return !atFirst.rejections.isEmpty() && !atLast.rejections.isEmpty();
            });
            for (final MeshException error : new MeshException[] {atFirst.rejections.get(0), atLast.rejections.get(0)})
            {
                assertEquals(ErrorCode.SCHEMA_MISMATCH, error.code());
                assertTrue(error.getMessage().contains("aaa") && error.getMessage().contains("bbb"),
                    error.getMessage());
            }
            last.close();
            final Channel agrees = mesh.open("c", ChannelSpec.to("a").schemaFingerprint(0xAAA));
            mesh.deliverAll(new Pump(first, agrees, 1, 50), new Pump(agrees, first, 2, 50));
        }
    }

    @Test
    void shouldRejectAWindowThatIsTooLarge()
    {
        try (TestMesh mesh = new TestMesh(3))
        {
            mesh.node("a", "ab");
            mesh.node("b", config -> config.limits(NodeLimits.DEFAULT.windowLengthMax(64 * 1024)), "ab");
            final Events events = new Events();
            final Channel first = mesh.open("a", ChannelSpec.to("b").windowLength(128 * 1024).listener(events));
            mesh.open("b", ChannelSpec.to("a").windowLength(64 * 1024));
            mesh.runUntil("rejected", () ->
            {
                first.poll((buffer, offset, length, origin) ->
                {}, 1);
                return !events.rejections.isEmpty();
            });
            assertEquals(ErrorCode.WINDOW_TOO_LARGE, events.rejections.get(0).code());
            assertTrue(events.rejections.get(0).getMessage().contains("131072") &&
                events.rejections.get(0).getMessage().contains("65536"), events.rejections.get(0).getMessage());
        }
    }

    @Test
    void shouldRefuseAMessageThatIsTooLongAndASecondClaim()
    {
        try (TestMesh mesh = TestMesh.chain(4, 2))
        {
            final Channel first = mesh.open("a", ChannelSpec.to("b").windowLength(4096));
            final Channel last = mesh.open("b", "a");
            mesh.untilConnected(first, last);
            final MeshException error = assertThrows(MeshException.class,
                () -> first.offer(new UnsafeBuffer(new byte[first.maxMessageLength() + 1])));
            assertEquals(ErrorCode.MESSAGE_TOO_LONG, error.code());
            final MessageClaim claim = new MessageClaim();
            assertTrue(first.tryClaim(100, claim) > 0);
            assertThrows(IllegalStateException.class, () -> first.tryClaim(100, new MessageClaim()));
            claim.buffer().putInt(claim.offset(), 42);
            claim.commit();
            assertThrows(IllegalStateException.class, claim::commit);
            final int[] got = new int[1];
            mesh.runUntil("delivered",
                () -> last.poll((buffer, offset, length, origin) -> got[0] = buffer.getInt(offset), 10) == 1);
            assertEquals(42, got[0]);
        }
    }

    @Test
    void shouldSendNothingWhenClaimsAreAborted()
    {
        try (TestMesh mesh = TestMesh.chain(5, 2))
        {
            final Channel first = mesh.open("a", ChannelSpec.to("b").windowLength(4096));
            final Channel last = mesh.open("b", "a");
            mesh.untilConnected(first, last);
            final MessageClaim claim = new MessageClaim();
            final Pump pump = new Pump(first, last, 1, 1_000, i -> i % 1500);
            for (int i = 0; i < 2_000; i++)
            {
                if (first.tryClaim(i % 2000, claim) > 0)
                {
                    claim.buffer().setMemory(claim.offset(), claim.length(), (byte)-1);
                    claim.abort();
                }
                pump.send(1);
                pump.receive();
                mesh.sim().step();
            }
            mesh.deliverAll(pump);
        }
    }
}
