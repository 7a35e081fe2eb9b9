package io.aeromesh.bench.cli;

import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Mode;
import io.aeromesh.bench.cli.tech.Technologies;
import java.util.List;
import java.util.Locale;

/**
 * A table of the documents. Its name there is that of the constant, in small letters with dashes.
 */
enum Chapter
{
    /** A small message there and back. */
    RTT_32(Case.RTT, 32, List.of("limit", "limit2", "aeron-ipc"),
        List.of("limit", "limit2", "direct", "proxy-1", "ring", "aeron-ipc", "chronicle-queue", "jeromq", "uds")),
    /** A page there and back. */
    RTT_4096(Case.RTT, 4096, List.of("aeron-ipc"), List.of("direct", "ring", "aeron-ipc", "uds")),
    /** Small messages one way. */
    THROUGHPUT_32(Case.THROUGHPUT, 32, List.of("stream-limit", "aeron-ipc"),
        List.of("stream-limit", "direct", "proxy-1", "ring", "aeron-ipc", "chronicle-queue", "jeromq", "uds")),
    /** A megabyte there and back. */
    TRANSFER(Case.TRANSFER, 1 << 20, List.of("aeron-ipc"), Technologies.of(Case.TRANSFER)),
    /** A packet passed on. */
    HOP(Case.HOP, 32, List.of("copy"), Technologies.of(Case.HOP)),
    /** Through relays. */
    PROXY(Case.PROXY, 32, List.of(), Technologies.of(Case.PROXY)),
    /** To several. */
    BROADCAST(Case.BROADCAST, 32, List.of("aeron-ipc"), Technologies.of(Case.BROADCAST)),
    /** What one more takes. */
    FOOTPRINT(Case.FOOTPRINT, 0, List.of(), Technologies.of(Case.FOOTPRINT));

    private final Case benchCase;
    private final int size;
    private final List<String> bases;
    private final List<String> techs;

    Chapter(final Case benchCase, final int size, final List<String> bases, final List<String> techs)
    {
        this.benchCase = benchCase;
        this.size = size;
        this.bases = bases;
        this.techs = techs;
    }

    String text()
    {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What its rows are compared with. */
    List<String> bases()
    {
        return bases;
    }

    /**
     * What is measured for it.
     *
     * @param techsText names as on the command line; null: those of the chapter.
     * @throws IllegalArgumentException saying in one line what was found and what is allowed.
     */
    Request request(final String techsText, final int runs, final Plan plan)
    {
        return new Request(benchCase, List.of(size),
            techsText == null ? techs : Request.parseTechs(benchCase, techsText),
            benchCase.isOneThread() ? Mode.THREAD : Mode.PROCESSES, runs, plan);
    }
}
