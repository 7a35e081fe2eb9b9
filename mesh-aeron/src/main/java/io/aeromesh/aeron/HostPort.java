package io.aeromesh.aeron;

import io.aeromesh.error.MeshException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A UDP endpoint: {@code host:port} or {@code [ipv6]:port}. Immutable; resolves nothing.
 *
 * @param host without brackets.
 * @param port from 1 to 65535.
 */
record HostPort(String host, int port)
{
    private static final int PORT_MAX = 65_535;
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern NUMBERS = Pattern.compile(
        BYTE + "(\\." + BYTE + "){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Takes an endpoint apart.
     *
     * @throws MeshException naming the key, what was found and what is allowed.
     */
    static HostPort parse(final String key, final String text)
    {
        final int colon = text.lastIndexOf(':');
        if (colon > 0)
        {
            String host = text.substring(0, colon);
            if (host.length() > 2 && host.charAt(0) == '[' && host.charAt(host.length() - 1) == ']')
            {
                host = host.substring(1, host.length() - 1);
            }
            else if (host.indexOf(':') >= 0)
            {
                host = "";
            }

            final int port = port(text.substring(colon + 1));
            if (port > 0 && !host.isEmpty() && host.chars().noneMatch(c -> c <= ' ' || c == '|' || c == '?'))
            {
                return new HostPort(host, port);
            }
        }

        throw AeronOptions.bad(key, text, "host:port with a port from 1 to " + PORT_MAX);
    }

    /**
     * Whether it stands for all local addresses, and so for none that another host can reach.
     */
    boolean isWildcard()
    {
        return WILDCARDS.contains(host);
    }

    /**
     * Whether the host is written in numbers, so that no name service has to be asked.
     */
    boolean isNumeric()
    {
        return NUMBERS.matcher(host).matches();
    }

    /**
     * Whether it is a group of hosts; only of one in numbers.
     */
    boolean isMulticast()
    {
        final int dot = host.indexOf('.');
        return host.indexOf(':') >= 0 ? host.regionMatches(true, 0, "ff", 0, 2) :
            isNumeric() && Integer.parseInt(host.substring(0, dot)) >= 224 &&
                Integer.parseInt(host.substring(0, dot)) <= 239;
    }

    /**
     * Text that {@link #parse} takes.
     */
    String text()
    {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }

    private static int port(final String text)
    {
        try
        {
            final int port = Integer.parseInt(text);
            return port <= PORT_MAX ? port : -1;
        }
        catch (final NumberFormatException ignore)
        {
            return -1;
        }
    }
}
