package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.ProxyChain;
import io.aeromesh.bench.cli.measure.Actor;

/**
 * Bursts through a chain of nodes on one thread.
 */
final class ProxyBursts implements Actor
{
    private static final int UNIT = 256;

    private final ProxyChain chain;
    private final int relays;
    private final int burst;

    ProxyBursts(final int relays, final Site site)
    {
        chain = new ProxyChain(relays, site.job().size(), site.directory().resolve("mesh"));
        this.relays = relays;
        burst = site.variant().get("burst", UNIT);
    }

    @Override
    public long run(final long count)
    {
        chain.send(count, burst);
        return 0;
    }

    @Override
    public int unit()
    {
        return UNIT;
    }

    @Override
    public String config()
    {
        return relays + 2 + " nodes on one thread, acknowledged end to end, burst=" + burst;
    }

    @Override
    public void close()
    {
        chain.close();
    }
}
