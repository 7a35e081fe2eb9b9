package io.aeromesh.aeron;

import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A medium that joins all nodes of a UDP multicast group:
 * {@code aeron:udp?group=224.20.30.41:40456|interface=192.168.0.0/24}. Immutable. Each pair of members has an edge of
 * its own over it; packets for one member are seen, and skipped, by all.
 *
 * @param group     {@code address:port}; the address is IPv4 multicast and odd, as the next one carries Aeron's control.
 * @param interfaceName local address or network of the interface, such as {@code localhost}; empty: the system's choice.
 * @param aeron     driver, stream and lengths.
 * @param options   of every edge.
 */
public record AeronMulticastEdgeConfig(String group, String interfaceName, AeronOptions aeron, EdgeOptions options)
    implements AeronEdgeConfig
{
    static final String GROUP = "group";
    private static final String INTERFACE = "interface";
    private static final Pattern IP4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    /**
     * Validates.
     */
    public AeronMulticastEdgeConfig
    {
        final String host = HostPort.parse(GROUP, group).host();
        final Matcher matcher = IP4.matcher(host);
        if (!matcher.matches() || !isByte(matcher.group(2)) || !isByte(matcher.group(3)) ||
            !isByte(matcher.group(4)) || Integer.parseInt(matcher.group(1)) < 224 ||
            Integer.parseInt(matcher.group(1)) > 239 || (Integer.parseInt(matcher.group(4)) & 1) == 0)
        {
            throw AeronOptions.bad(GROUP, group,
                "an address from 224.0.0.0 to 239.255.255.255 whose last number is odd, and a port");
        }
        if (interfaceName.chars().anyMatch(c -> c <= ' ' || c == '|' || c == '?'))
        {
            throw AeronOptions.bad(INTERFACE, interfaceName, "an address or network, such as 192.168.0.0/24");
        }
    }

    static AeronMulticastEdgeConfig from(final EdgeUri uri)
    {
        final Set<String> allowed = new HashSet<>(AeronOptions.PARAMS);
        allowed.add(GROUP);
        allowed.add(INTERFACE);
        uri.allowOnly(allowed);
        return new AeronMulticastEdgeConfig(uri.param(GROUP, ""), uri.param(INTERFACE, ""),
            AeronOptions.from(uri, DriverMode.EMBEDDED), EdgeOptions.from(uri));
    }

    @Override
    public String toUri()
    {
        final UriText uri = new UriText(SCHEME + ":" + AeronUdpEdgeConfig.PATH).param(GROUP, group)
            .paramUnlessEmpty(INTERFACE, interfaceName);
        aeron.appendTo(uri);
        return uri.options(options).toString();
    }

    private static boolean isByte(final String text)
    {
        return Integer.parseInt(text) <= 255;
    }
}
