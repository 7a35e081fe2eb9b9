package io.aeromesh.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ResumeFiguresTest
{
    private static final int JUDGED = 20;
    private static final long SLOW_NS = 5 * ResumeFigures.LIMIT_NS;

    private final ResumeFigures figures = new ResumeFigures();

    @Test
    void shouldNotBlameSurvivorsThatWaitedForACore()
    {
        add(SLOW_NS - ResumeFigures.LIMIT_NS / 2);

        assertEquals("", figures.finding());
    }

    @Test
    void shouldFindSurvivorsThatStoodStill()
    {
        add(0);

        assertNotEquals("", figures.finding());
    }

    /** Else the start of a process would count as the search for another way. */
    @Test
    void shouldTellAnotherWayFromNoneUntilTheDeadIsBack()
    {
        assertEquals("rerouted=1 way_back=0", ways("B"));
        assertEquals("rerouted=0 way_back=1", ways("D"));
        assertEquals("rerouted=0 way_back=1", ways("B", "E"));
        assertEquals("rerouted=1 way_back=0", ways("B", "A"));
    }

    private static String ways(final String... killed)
    {
        final ObjectNode answer = new ObjectMapper().createObjectNode();
        answer.withArray("resumes").addObject().put("dead", killed[0]).put("peer", "C").put("path", "PROXY")
            .put("ns", SLOW_NS).put("waited_ns", 0);
        final Episode episode = new Episode(1);
        for (final String name : killed)
        {
            episode.kills(name);
        }
        final ResumeFigures figures = new ResumeFigures();
        figures.add(null, episode, "F", answer);
        final ObjectNode json = new ObjectMapper().createObjectNode();
        figures.describe(json);
        return "rerouted=" + json.at("/rerouted/count") + " way_back=" + json.at("/way_back/count");
    }

    private void add(final long waitedNs)
    {
        final ObjectNode answer = new ObjectMapper().createObjectNode();
        for (int i = 0; i < JUDGED; i++)
        {
            answer.withArray("resumes").addObject().put("dead", "B").put("peer", "C").put("path", "DIRECT_HOST")
                .put("ns", SLOW_NS).put("waited_ns", waitedNs);
        }
        final Episode episode = new Episode(1);
        episode.kills("B");
        figures.add(null, episode, "A", answer);
    }
}
