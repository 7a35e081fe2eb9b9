package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Who gives its place up where too many have connected.
 */
class AcceptorTest
{
    private static final UserPrincipal ALICE = () -> "alice";
    private static final UserPrincipal BOB = () -> "bob";

    @Test
    void shouldTakeThePlaceOfTheOldestOfTheUserWhoHasMost()
    {
        assertEquals(1, Acceptor.oldestOfMost(List.of(ALICE, BOB, BOB, ALICE, BOB)));
        assertEquals(0, Acceptor.oldestOfMost(List.of(ALICE, BOB, ALICE)));
        assertEquals(0, Acceptor.oldestOfMost(List.of(BOB)));
    }
}
