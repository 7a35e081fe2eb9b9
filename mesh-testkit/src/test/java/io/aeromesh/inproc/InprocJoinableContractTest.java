package io.aeromesh.inproc;

import io.aeromesh.contract.JoinableMediumContract;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.TransportProvider;
import java.util.List;

class InprocJoinableContractTest extends JoinableMediumContract
{
    private final InprocTransportProvider provider = new InprocTransportProvider(new InprocNetwork());

    @Override
    protected TransportProvider provider()
    {
        return provider;
    }

    @Override
    protected EdgeConfig place(final int number, final int edgesMax, final int... join)
    {
        final StringBuilder uri = new StringBuilder("inproc:?listen=place" + number + "|edges-max=" + edgesMax);
        for (int i = 0; i < join.length; i++)
        {
            uri.append(i == 0 ? "|join=place" : ",place").append(join[i]);
        }
        return provider.parse(EdgeUri.parse(uri.toString()));
    }

    @Override
    protected List<String> badAddresses()
    {
        return List.of("", "a.b", "a/b", "a b", "123456789012345678901");
    }
}
