package io.aeromesh.tools.process;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for processes that are to be started. They lie below those that the kernel gives to sockets that ask for none,
 * so that no such socket takes one before its process has come.
 */
public final class UdpPorts
{
    private static final int FIRST = 15_000;
    /** Linux begins its own range there, unless told otherwise. */
    private static final int END = 32_768;
    private static final int TRIES_MAX = 1000;

    private UdpPorts()
    {
    }

    /**
     * Ports of the loopback interface that are free now, and differ.
     */
    public static int[] free(final int count)
    {
        final List<DatagramSocket> sockets = new ArrayList<>();
        try
        {
            // all open at once, so that they differ
            for (int tries = 0; sockets.size() < count && tries < TRIES_MAX; tries++)
            {
                tryOpen(sockets, ThreadLocalRandom.current().nextInt(FIRST, END));
            }
            if (sockets.size() < count)
            {
                throw new ProcessFailure("found " + sockets.size() + " of " + count + " free UDP ports from " + FIRST +
                    " to " + END + " in " + TRIES_MAX + " tries");
            }
            return sockets.stream().mapToInt(DatagramSocket::getLocalPort).toArray();
        }
        catch (final SocketException ex)
        {
            throw new ProcessFailure("no free UDP port: " + ex.getMessage(), ex);
        }
        finally
        {
            sockets.forEach(DatagramSocket::close);
        }
    }

    private static void tryOpen(final List<DatagramSocket> sockets, final int port) throws SocketException
    {
        try
        {
            sockets.add(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
        catch (final BindException ex)
        {
            // somebody has it; the next one is as good
        }
    }
}
