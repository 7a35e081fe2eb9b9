package io.aeromesh.aeron;

import io.aeromesh.error.Reason;
import io.aeromesh.spi.JoinableMedium;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses of a place in numbers, as they are told to others and compared. Asks the name service, so it belongs to
 * set-up. Immutable.
 *
 * @param own  where this place is reached.
 * @param join that it dials; what no name service knows now is left as it is written, for the driver to ask again.
 */
record PlaceAddresses(String own, List<String> join)
{
    /**
     * Resolves what a configuration names.
     *
     * @throws io.aeromesh.error.MeshException BAD_EDGE_CONFIG when this host's own address can not be told.
     */
    static PlaceAddresses of(final AeronPlaceEdgeConfig config)
    {
        final List<String> join = new ArrayList<>();
        for (final String address : config.join())
        {
            final HostPort parsed = HostPort.parse(AeronPlaceEdgeConfig.JOIN, address);
            join.add(numericOr(parsed, parsed).text());
        }
        if (!config.listen().isEmpty())
        {
            final HostPort listen = HostPort.parse(AeronPlaceEdgeConfig.LISTEN, config.listen());
            final HostPort numeric = numericOr(listen, null);
            if (numeric == null)
            {
                throw AeronOptions.bad(
                    AeronPlaceEdgeConfig.LISTEN, config.listen(), "a host that the name service knows");
            }
            return new PlaceAddresses(numeric.text(), join);
        }
        return new PlaceAddresses(localAddress(HostPort.parse(AeronPlaceEdgeConfig.JOIN, join.get(0))), join);
    }

    /**
     * Checks an address that somebody else has told.
     *
     * @throws io.aeromesh.error.MeshException BAD_EDGE_CONFIG for any but that of one host, in numbers.
     */
    static void check(final String told)
    {
        final HostPort parsed = HostPort.parse("address", told);
        if (told.length() > JoinableMedium.ADDRESS_LENGTH_MAX || !parsed.isNumeric() || parsed.isWildcard() ||
            parsed.isMulticast())
        {
            throw AeronOptions.bad("address", told, "one of a single host, in numbers, of at most " +
                JoinableMedium.ADDRESS_LENGTH_MAX + " characters");
        }
    }

    private static HostPort numericOr(final HostPort address, final HostPort other)
    {
        try
        {
            return new HostPort(InetAddress.getByName(address.host()).getHostAddress(), address.port());
        }
        catch (final UnknownHostException ignore)
        {
            return other;
        }
    }

    /**
     * From which the other place is reached, with a port that is free now. No packet is sent.
     */
    private static String localAddress(final HostPort remote)
    {
        try (DatagramSocket towards = new DatagramSocket())
        {
            towards.connect(new InetSocketAddress(InetAddress.getByName(remote.host()), remote.port()));
            try (DatagramSocket free = new DatagramSocket(0, towards.getLocalAddress()))
            {
                return new HostPort(free.getLocalAddress().getHostAddress(), free.getLocalPort()).text();
            }
        }
        catch (final IOException ex)
        {
            throw AeronOptions.bad(AeronPlaceEdgeConfig.JOIN, remote.text() + " (" + Reason.of(ex) + ")",
                "an address that this host has a way to, or another with listen=host:port");
        }
    }
}
