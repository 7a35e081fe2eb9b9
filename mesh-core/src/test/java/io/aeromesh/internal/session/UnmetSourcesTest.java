package io.aeromesh.internal.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnmetSourcesTest
{
    private static final int TOO_MANY = 1025;

    private final UnmetSources unmet = new UnmetSources();

    @Test
    void shouldAskOnceWhoIsKnownAfterSomethingOfItWasDropped()
    {
        final Destination met = new Destination(7, "met");
        unmet.add(7);

        assertTrue(unmet.remove(met));
        assertFalse(unmet.remove(met));
    }

    @Test
    void shouldAskEachNodeOnceWhenThereWereTooMany()
    {
        final Destination known = new Destination(7, "known");
        unmet.remove(known);
        addTooMany();

        assertTrue(unmet.remove(known));
        assertFalse(unmet.remove(known), "its way may change often");
        assertTrue(unmet.remove(new Destination(8, "first")), "of the first that were dropped");
    }

    @Test
    void shouldAskAgainWhenThereWereTooManyOnceMore()
    {
        final Destination known = new Destination(7, "known");
        addTooMany();
        unmet.remove(known);
        addTooMany();

        assertTrue(unmet.remove(known));
    }

    private void addTooMany()
    {
        for (long id = 8; id < 8 + TOO_MANY; id++)
        {
            unmet.add(id);
        }
    }
}
