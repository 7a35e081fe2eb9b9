package io.aeromesh.tools.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.tools.look.LinkTable.End;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTableTest
{
    private final LinkTable table = new LinkTable();

    private void add(final String node, final String peer, final String edge, final String kind, final double packets)
    {
        table.add(new End(node, peer, edge, kind, -1, -1, packets, packets, false));
    }

    private List<String> links()
    {
        return table.joined().stream().map(link -> link.ends().get(0).node() + "-" + link.ends().get(0).peer() + " " +
            link.known().kind() + " " + link.packetsIn()).toList();
    }

    @Test
    void shouldKeepSeveralEdgesOfAPairApart()
    {
        add("a", "b", "shm:one?peer=b", "shm", 1);
        add("a", "b", "shm:two?peer=b", "shm", 10);
        add("b", "a", "shm:two?peer=a", "shm", 20);
        add("b", "a", "shm:one?peer=a", "shm", 2);
        add("b", "a", "aeron:udp?endpoint=x:1", "aeron:udp", 100);

        assertEquals(List.of("a-b shm 3.0", "a-b shm 30.0", "b-a aeron:udp 100.0"), links());
    }

    @Test
    void shouldJoinAnEndWithANameOfItsOwn()
    {
        add("a", "b", "upstream", "", 1);
        add("b", "a", "aeron:udp?endpoint=x:1", "aeron:udp", 2);

        assertEquals(List.of("a-b aeron:udp 3.0"), links());
    }

    @Test
    void shouldSayThatRatesAreNotKnown()
    {
        add("b", "a", "inproc:x", "inproc", -1);
        add("a", "b", "inproc:x", "inproc", -1);

        assertEquals(List.of("a-b inproc -1.0"), links());
    }

    @Test
    void shouldCompleteAnEndByAnotherViewOfIt()
    {
        table.add(new End("a", "b", "upstream", "aeron:udp", 4, 500, -1, -1, false));
        table.add(new End("a", "b", "upstream", "", -1, -1, 7, 8, true));

        assertEquals(List.of(new End("a", "b", "upstream", "aeron:udp", 4, 500, 7, 8, true)),
            table.joined().stream().map(LinkTable.Joined::known).toList());
    }

    @ParameterizedTest
    @CsvSource({"shm:link?peer=x, shm", "inproc:y, inproc", "aeron:udp?endpoint=h:1|remote=h:2, aeron:udp",
        "aeron:ipc, aeron:ipc", "contexts, ''", ":x, ''"})
    void shouldKnowTheKindByTheUri(final String edge, final String kind)
    {
        assertEquals(kind, LinkTable.kindOf(edge));
    }
}
