package io.aeromesh.shm;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;

/**
 * Calls of the kernel that Java has no names for, by JNA, which Chronicle brings along. Addresses are 64 bits. Loaded
 * where a link to other users is opened, and nowhere else.
 * <p>
 * <b>Threading:</b> any thread.
 */
final class LibC
{
    static final int MFD_CLOEXEC = 0x1;
    static final int MFD_ALLOW_SEALING = 0x2;
    static final int F_ADD_SEALS = 1033;
    static final int F_GET_SEALS = 1034;
    static final int F_SEAL_SEAL = 0x1;
    static final int F_SEAL_SHRINK = 0x2;
    static final int F_SEAL_GROW = 0x4;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int MSG_CMSG_CLOEXEC = 0x4000_0000;
    static final int SOL_SOCKET = 1;
    static final int SCM_RIGHTS = 1;
    static final int SEEK_END = 2;
    static final int PROT_READ = 0x1;
    static final int PROT_WRITE = 0x2;
    static final int MAP_SHARED = 0x1;
    static final int EAGAIN = 11;
    static final int EINTR = 4;

    static
    {
        Native.register(LibC.class, NativeLibrary.getProcess());
    }

    private LibC()
    {
    }

    /**
     * Refuses to begin where they can not be called.
     *
     * @throws MeshException BAD_EDGE_CONFIG.
     */
    static void require()
    {
        try
        {
            fcntl(0, F_GET_SEALS, 0);
        }
        catch (final LastErrorException ignore)
        {
            // it can be called
        }
        catch (final LinkageError ex)
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG,
                "a link with users= needs memfd_create and sendmsg of Linux, by the native library of JNA: " +
                    Reason.of(ex),
                ex);
        }
    }

    // CHECKSTYLE:OFF
    static native int memfd_create(String name, int flags) throws LastErrorException;
    // CHECKSTYLE:ON

    static native int fcntl(int descriptor, int command, int argument) throws LastErrorException;

    static native long lseek(int descriptor, long offset, int whence) throws LastErrorException;

    static native long mmap(long address, long length, int protection, int flags, int descriptor, long offset)
        throws LastErrorException;

    static native long sendmsg(int descriptor, long message, int flags) throws LastErrorException;

    static native long recvmsg(int descriptor, long message, int flags) throws LastErrorException;

    static native int close(int descriptor);
}
