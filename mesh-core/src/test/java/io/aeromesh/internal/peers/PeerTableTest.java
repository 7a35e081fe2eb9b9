package io.aeromesh.internal.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class PeerTableTest
{
    private final PeerTable table = new PeerTable(3);

    @Test
    void shouldKnowEachAddressOnce()
    {
        final KnownPeer first = table.learn("a");
        assertSame(first, table.learn("a"));
        assertSame(first, table.find("a"));
        assertNull(table.find("b"));
        assertEquals(1, table.all().size());
    }

    @Test
    void shouldForgetWhoWasSeenLongestAgoAndFailedMost()
    {
        final KnownPeer seen = table.learn("seen");
        seen.seenMs(5);
        final KnownPeer failed = table.learn("failed");
        failed.failed(1, 2);
        table.learn("heard");

        table.learn("new");
        assertNull(table.find("failed"));
        table.learn("newer");
        assertNull(table.find("heard"));
        assertNotNull(table.find("seen"));
        assertEquals(3, table.all().size());
    }

    @Test
    void shouldNotForgetWhoIsInUse()
    {
        table.learn("joined").joined(true);
        table.learn("trying").trying(1);
        table.learn("other").joined(true);
        assertNull(table.learn("new"));
        assertEquals(3, table.all().size());

        table.find("trying").failed(1, 2);
        assertNotNull(table.learn("new"));
        assertNull(table.find("trying"));
    }

    @Test
    void shouldForgetWhereANodeWasBefore()
    {
        table.learn("old").name("node");
        final KnownPeer used = table.learn("used");
        used.name("node");
        used.joined(true);
        table.learn("new").name("node");
        table.moved("node", "new");
        assertNull(table.find("old"));
        assertNotNull(table.find("used"));
        assertNotNull(table.find("new"));
    }
}
