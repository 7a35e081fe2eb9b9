package io.aeromesh.bench.cli.tech;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Chronicle Queue, one queue each way in memory. It keeps all that passes, which the others do not.
 */
final class ChronicleQueueTechnology extends PortTechnology
{
    @Override
    Port openPort(final Site site)
    {
        return new QueuePort(site);
    }

    /** Both ways. */
    private static final class QueuePort implements Port
    {
        private static final int BATCH = 64;

        private final ChronicleQueue in;
        private final ChronicleQueue out;
        private final ExcerptTailer tailer;
        private final ExcerptAppender appender;
        private final UnsafeBuffer sent;
        private final UnsafeBuffer received = new UnsafeBuffer(0, 0);

        QueuePort(final Site site)
        {
            sent = new UnsafeBuffer(BufferUtil.allocateDirectAligned(site.job().size(), Long.BYTES));
            in = SingleChronicleQueueBuilder.binary(site.directory().resolve("queue-" + site.inbound())).build();
            out = SingleChronicleQueueBuilder.binary(site.directory().resolve("queue-" + site.outbound())).build();
            tailer = in.createTailer();
            appender = out.createAppender();
        }

        @Override
        public boolean send(final Message message, final long number)
        {
            message.writeTo(sent, 0, number);
            try (DocumentContext document = appender.writingDocument())
            {
                document.wire().bytes().unsafeWrite(sent.addressOffset(), message.length());
            }
            return true;
        }

        @Override
        public void poll(final Receiver receiver)
        {
            for (int i = 0; i < BATCH; i++)
            {
                try (DocumentContext document = tailer.readingDocument())
                {
                    if (!document.isPresent())
                    {
                        return;
                    }
                    final Bytes<?> bytes = document.wire().bytes();
                    final int length = (int)bytes.readRemaining();
                    received.wrap(bytes.addressForRead(bytes.readPosition()), length);
                    receiver.onMessage(received, 0, length);
                }
            }
        }

        @Override
        public String config()
        {
            return "on a file system in memory";
        }

        @Override
        public void close()
        {
            appender.close();
            tailer.close();
            in.close();
            out.close();
        }
    }
}
