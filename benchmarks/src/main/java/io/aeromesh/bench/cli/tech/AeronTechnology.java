package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;

/**
 * Aeron over IPC or UDP: exclusive publications, {@code tryClaim} where a message fits a frame. Its media driver is
 * invoked by one end every so many polls, or by both ends with a driver each (UDP), or has a thread that sleeps.
 */
final class AeronTechnology extends PortTechnology
{
    /** What carries it. */
    enum Medium
    {
        IPC, UDP
    }

    private static final int SMALL = 1024;
    private static final int TERM_SMALL = 1 << 20;
    private static final int TERM_LARGE = 1 << 24;

    private final Medium medium;

    AeronTechnology(final Medium medium)
    {
        this.medium = medium;
    }

    @Override
    public List<String> variants(final Job job)
    {
        // a message may be an eighth of a term
        final int term = Math.max(TERM_SMALL, BitUtil.findNextPositivePowerOfTwo(job.size() * 8 + 1));
        final String mtu = job.size() > SMALL ? " mtu=65504" : "";
        final List<String> variants = new ArrayList<>();
        if (medium == Medium.UDP)
        {
            variants.add("driver=both every=1 term=" + term + mtu);
            variants.add("driver=lead every=1 term=" + term + mtu);
            variants.add("driver=both every=8 term=" + term + mtu);
            return variants;
        }
        if (job.benchCase().isOneWay())
        {
            variants.add("driver=peer every=16 pause=0 term=" + term + mtu);
            variants.add("driver=peer every=16 pause=20 term=" + term + mtu);
            variants.add("driver=peer every=64 pause=20 term=" + Math.max(term, TERM_LARGE) + mtu);
            variants.add("driver=thread pause=20 term=" + Math.max(term, TERM_LARGE) + mtu);
            return variants;
        }
        variants.add("driver=peer every=256 term=" + Math.max(term, TERM_LARGE) + mtu);
        variants.add("driver=lead every=1024 term=" + term + mtu);
        variants.add("driver=thread term=" + Math.max(term, TERM_LARGE) + mtu);
        if (job.size() > SMALL)
        {
            variants.add("driver=peer every=64 term=" + Math.max(term, TERM_LARGE) + " mtu=8192");
        }
        return variants;
    }

    /**
     * Who has the driver.
     */
    @Override
    public Role first(final Job job)
    {
        return "peer".equals(new Variant(job.variant()).get("driver", "lead")) ? Role.PEER : Role.LEAD;
    }

    @Override
    Port openPort(final Site site)
    {
        return new AeronPort(new AeronClient(site), site, medium);
    }

    @Override
    List<Port> openReceivers(final Site site)
    {
        final List<Port> ports = new ArrayList<>();
        final AeronClient client = new AeronClient(site);
        for (int i = 0; i < site.job().fanout(); i++)
        {
            ports.add(new AeronPort(client, site, medium));
        }
        return ports;
    }
}
