package io.aeromesh.shm;

import com.sun.jna.LastErrorException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import org.agrona.BufferUtil;

/**
 * Sends and receives bytes on a Unix-domain socket together with one file descriptor (SCM_RIGHTS), never blocking.
 * <pre>
 *     0  msghdr: name (64)       8  length of name (32)   16  iovec (64)            24  count of iovecs (64)
 *    32          control (64)   40  its length (64)       48  flags (32)
 *    56  iovec: bytes (64)      64  length (64)
 *    72  cmsghdr: length (64)   80  level (32)            84  type (32)             88  descriptor (32)    92  end
 * </pre>
 * <b>Threading:</b> the socket's.
 */
final class DescriptorPassing
{
    /** No descriptor. */
    static final int NONE = -1;

    private static final int VECTOR_ADDRESS_OFFSET = 16;
    private static final int VECTOR_COUNT_OFFSET = 24;
    private static final int CONTROL_ADDRESS_OFFSET = 32;
    private static final int CONTROL_LENGTH_OFFSET = 40;
    private static final int VECTOR_OFFSET = 56;
    private static final int CONTROL_OFFSET = 72;
    private static final int LEVEL_OFFSET = 80;
    private static final int TYPE_OFFSET = 84;
    private static final int DESCRIPTOR_OFFSET = 88;
    private static final int END = 92;
    /** Has room for one descriptor, so that of more the kernel drops the rest. */
    private static final int CONTROL_LENGTH = END - CONTROL_OFFSET;

    private final SocketChannel channel;
    private final int socket;
    private final ByteBuffer header = ByteBuffer.allocateDirect(END).order(ByteOrder.nativeOrder());
    private final long address = BufferUtil.address(header);
    private int received = NONE;

    DescriptorPassing(final SocketChannel channel)
    {
        this.channel = channel;
        socket = descriptorOf(channel);
        header.putLong(VECTOR_ADDRESS_OFFSET, address + VECTOR_OFFSET);
        header.putLong(VECTOR_COUNT_OFFSET, 1);
        header.putLong(CONTROL_ADDRESS_OFFSET, address + CONTROL_OFFSET);
    }

    private static int descriptorOf(final SocketChannel channel)
    {
        try
        {
            final Method getter = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
            return (int)getter.invoke(channel);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new IllegalStateException("no descriptor of " + channel, ex);
        }
    }

    /**
     * Sends bytes and a descriptor, which stays open here.
     *
     * @param bytes direct.
     * @return whether all went.
     */
    boolean send(final ByteBuffer bytes, final int descriptor)
    {
        prepare(bytes);
        header.putLong(CONTROL_OFFSET, CONTROL_LENGTH);
        header.putInt(LEVEL_OFFSET, LibC.SOL_SOCKET);
        header.putInt(TYPE_OFFSET, LibC.SCM_RIGHTS);
        header.putInt(DESCRIPTOR_OFFSET, descriptor);
        try
        {
            return channel.isOpen() &&
                LibC.sendmsg(socket, address, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL) == bytes.remaining();
        }
        catch (final LastErrorException ignore)
        {
            return false;
        }
    }

    /**
     * Reads as {@link SocketChannel#read} does, and keeps a descriptor that comes with it for {@link #take()}.
     *
     * @param bytes direct.
     * @return count of bytes, or -1 at the end.
     */
    int read(final ByteBuffer bytes)
    {
        if (!bytes.hasRemaining())
        {
            return 0;
        }
        if (!channel.isOpen())
        {
            return -1;
        }
        prepare(bytes);
        header.putInt(TYPE_OFFSET, 0);
        try
        {
            final int count = (int)LibC.recvmsg(socket, address, LibC.MSG_DONTWAIT | LibC.MSG_CMSG_CLOEXEC);
            if (header.getLong(CONTROL_LENGTH_OFFSET) == CONTROL_LENGTH &&
                header.getInt(LEVEL_OFFSET) == LibC.SOL_SOCKET && header.getInt(TYPE_OFFSET) == LibC.SCM_RIGHTS)
            {
                close();
                received = header.getInt(DESCRIPTOR_OFFSET);
            }
            bytes.position(bytes.position() + count);
            return 0 == count ? -1 : count;
        }
        catch (final LastErrorException ex)
        {
            return ex.getErrorCode() == LibC.EAGAIN || ex.getErrorCode() == LibC.EINTR ? 0 : -1;
        }
    }

    private void prepare(final ByteBuffer bytes)
    {
        header.putLong(VECTOR_OFFSET, BufferUtil.address(bytes) + bytes.position());
        header.putLong(VECTOR_OFFSET + Long.BYTES, bytes.remaining());
        header.putLong(CONTROL_LENGTH_OFFSET, CONTROL_LENGTH);
    }

    /**
     * The descriptor that came, which is the caller's from now on, or {@link #NONE}.
     */
    int take()
    {
        final int taken = received;
        received = NONE;
        return taken;
    }

    /**
     * Closes a descriptor that came and was not taken.
     */
    void close()
    {
        if (NONE != received)
        {
            LibC.close(received);
            received = NONE;
        }
    }
}
