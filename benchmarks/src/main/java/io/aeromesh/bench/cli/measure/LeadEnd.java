package io.aeromesh.bench.cli.measure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The end that keeps the time: warms up, then measures until a row was not disturbed by others.
 */
public final class LeadEnd
{
    /** Shorter than another process's turn on a core, so that most batches meet none. */
    private static final long BATCH_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int WARM_UP_FIRST = 64;
    /** Longer than most compilations, which are seen when they end and have half a core at most. */
    private static final long COMPILERS_QUIET_NS = TimeUnit.MILLISECONDS.toNanos(500);
    /** Something may be compiled again and again. */
    private static final long COMPILERS_AWAITED_NS = TimeUnit.SECONDS.toNanos(6);
    private static final Actor NOTHING = count -> 0;
    private static final int UNITS_MIN = 4;

    private final Rendezvous rendezvous;
    private final Plan plan;
    private final Actor lead;
    private final LimitProbe probe;
    private final Ledger ledger;
    private final Distribution distribution;
    private final int unit;
    private long grossNs;

    private LeadEnd(final Rendezvous rendezvous, final Plan plan, final Actor lead, final Ledger ledger)
    {
        this.rendezvous = rendezvous;
        this.plan = plan;
        this.lead = lead;
        this.ledger = ledger;
        probe = new LimitProbe(rendezvous, lead);
        unit = lead.unit();
        distribution = new Distribution(unit);
    }

    /**
     * Sets up, measures, closes.
     *
     * @throws Unavailable saying why it can not be measured.
     */
    public static Measured measure(
        final Rendezvous rendezvous, final Plan plan, final Role first, final Supplier<Actor> opener)
    {
        final Measured measured;
        try (Actor lead = PeerEnd.connect(rendezvous, Role.LEAD, first, opener);
            Ledger ledger = new Ledger(rendezvous))
        {
            measured = new LeadEnd(rendezvous, plan, lead, ledger).measure();
            rendezvous.command(Rendezvous.Command.END, 0, lead);
        }
        // after its own end is closed, as the peer may wait for that
        rendezvous.awaitDone(NOTHING);
        return measured;
    }

    private Measured measure()
    {
        probe.warmUp();
        final double nsPerOp = warmUp();
        Measured measured = attempt(nsPerOp);
        for (int i = 1; i < plan.attemptsMax() && measured.isDisturbed(); i++)
        {
            final Measured again = attempt(nsPerOp);
            measured = again.disturbance() < measured.disturbance() ? again : measured;
        }
        return measured;
    }

    /**
     * @return nanoseconds per operation at the end of it, with what is not counted: so long will they take.
     */
    private double warmUp()
    {
        beginLedgers();
        final long endNs = System.nanoTime() + plan.warmUpNs();
        long count = (long)WARM_UP_FIRST * unit;
        double nsPerOp;
        do
        {
            runTimed(count);
            nsPerOp = (double)grossNs / count;
            count = nextCount(count, plan.warmUpNs());
        }
        while (System.nanoTime() - endNs < 0);
        // also what is done around a batch, so that it is compiled, and allocates, before anything counts
        runBatches(plan.warmUpNs() / 4, nsPerOp);
        distribute(plan.distributionNs() / 4, nsPerOp);
        return awaitCompilers(count);
    }

    /**
     * Goes on until both JVMs have compiled what is hot: each end has one core, and its compilers want half of it.
     *
     * @return nanoseconds per operation, as {@link #warmUp()}.
     */
    private double awaitCompilers(final long first)
    {
        final long beginNs = System.nanoTime();
        long count = first;
        long compiledMs = compiledMs();
        long quietSinceNs = beginNs;
        long nowNs;
        double nsPerOp;
        do
        {
            runTimed(count);
            nsPerOp = (double)grossNs / count;
            count = nextCount(count, COMPILERS_QUIET_NS);
            nowNs = System.nanoTime();
            final long latestMs = compiledMs();
            quietSinceNs = latestMs == compiledMs ? quietSinceNs : nowNs;
            compiledMs = latestMs;
        }
        while (nowNs - quietSinceNs < COMPILERS_QUIET_NS && nowNs - beginNs < COMPILERS_AWAITED_NS);
        return nsPerOp;
    }

    /** Twice as many while they take less than a 16th of a time. */
    private long nextCount(final long count, final long wholeNs)
    {
        return grossNs < wholeNs / 16 ? 2 * count : count;
    }

    private Measured attempt(final double nsPerOp)
    {
        final double limitBeforeNs = probe.measure();
        final OtherLoad others = new OtherLoad(List.copyOf(pids()));
        beginLedgers();
        final QuietMean mean = runBatches(plan.meanNs(), nsPerOp);
        final long allocated = allocatedBytes();
        distribution.reset();
        distribute(plan.distributionNs(), nsPerOp);
        final double share = others.share();
        final double limitAfterNs = probe.measure();

        return new Measured(mean.ns(), distribution.percentile(50), distribution.percentile(99),
            distribution.percentile(99.9), distribution.max(), (double)allocated / mean.count(), limitBeforeNs,
            limitAfterNs, share, mean.quietPart(), distribution.curve(), null, lead.config());
    }

    private Set<Long> pids()
    {
        final Set<Long> pids = new LinkedHashSet<>();
        pids.add(rendezvous.pid(Role.LEAD));
        pids.add(rendezvous.pid(Role.PEER));
        return pids;
    }

    private void beginLedgers()
    {
        rendezvous.ask(Rendezvous.Command.BEGIN_LEDGER, lead);
        ledger.begin();
    }

    /** Of both ends; those of one JVM have one count. */
    private long allocatedBytes()
    {
        final long ofPeer = rendezvous.ask(Rendezvous.Command.TELL_ALLOCATED, lead);
        final long ofLead = ledger.allocatedBytes();
        return pids().size() > 1 ? ofLead + ofPeer : ofLead;
    }

    /** By both ends; twice where they are in one JVM. */
    private long compiledMs()
    {
        return rendezvous.ask(Rendezvous.Command.TELL_COMPILED, lead) + ledger.compiledMs();
    }

    /** From both ends since the last time. */
    private long takenNs()
    {
        return rendezvous.ask(Rendezvous.Command.TELL_TAKEN, lead) + ledger.takenNs();
    }

    private long runTimed(final long count)
    {
        rendezvous.command(Rendezvous.Command.RUN, count, lead);
        final long startNs = System.nanoTime();
        final long excludedNs = lead.run(count);
        rendezvous.awaitDone(lead);
        grossNs = System.nanoTime() - startNs;
        return grossNs - excludedNs;
    }

    private QuietMean runBatches(final long durationNs, final double nsPerOp)
    {
        final QuietMean mean = new QuietMean();
        final long batch = whole(BATCH_NS / nsPerOp);
        final long batches = Math.max(1, durationNs / BATCH_NS);
        for (long i = 0; i < batches; i++)
        {
            final long ns = runTimed(batch);
            mean.add(batch, ns, grossNs, takenNs());
        }
        return mean;
    }

    private void distribute(final long durationNs, final double nsPerOp)
    {
        final long batch = whole(BATCH_NS / nsPerOp);
        for (long i = 0; i < durationNs / BATCH_NS; i++)
        {
            rendezvous.command(Rendezvous.Command.RUN, batch, lead);
            final long beginNs = System.nanoTime();
            for (long done = 0; done < batch; done += unit)
            {
                final long startNs = System.nanoTime();
                final long excludedNs = lead.run(unit);
                distribution.record(System.nanoTime() - startNs - excludedNs);
            }
            rendezvous.awaitDone(lead);
            distribution.endShare(QuietMean.isQuiet(System.nanoTime() - beginNs, takenNs()));
        }
    }

    /**
     * In whole units, and some.
     */
    private long whole(final double count)
    {
        return Math.max(UNITS_MIN, (long)(count / unit)) * unit;
    }
}
