package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.TransportProvider;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds transport providers and parses edge URIs with them.
 */
final class EdgeConfigs
{
    private EdgeConfigs()
    {
    }

    static EdgeConfig parse(final String uri, final List<TransportProvider> providers)
    {
        final EdgeUri parsed = EdgeUri.parse(uri);
        return provider(parsed.scheme(), providers).parse(parsed);
    }

    static TransportProvider provider(final String scheme, final List<TransportProvider> providers)
    {
        final List<TransportProvider> all = providers.isEmpty() ? Providers.transports() : providers;
        TransportProvider found = find(scheme, all);
        if (found == null && providers.isEmpty())
        {
            found = find(scheme, Providers.transportsOfThread());
        }
        if (found == null)
        {
            final TreeSet<String> schemes = new TreeSet<>();
            all.forEach(provider -> schemes.add(provider.scheme()));
            throw new MeshException(ErrorCode.UNKNOWN_TRANSPORT,
                "no transport for scheme '" + scheme + "', there are " + schemes);
        }
        return found;
    }

    private static TransportProvider find(final String scheme, final List<TransportProvider> providers)
    {
        for (final TransportProvider provider : providers)
        {
            if (provider.scheme().equals(scheme))
            {
                return provider;
            }
        }
        return null;
    }
}
