package io.aeromesh.tools.torture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MemberTest
{
    private final Member member = new Member("B");

    @Test
    void shouldLetAProcessRefuseThatEndsAfterTheReasonForItIsGone()
    {
        member.onStarted(null);

        member.onHindered();

        assertTrue(member.mayRefuse());
    }

    @Test
    void shouldNotLetTheNextProcessRefuse()
    {
        member.onStarted(null);
        member.onHindered();

        member.onStarted(null);

        assertFalse(member.mayRefuse());
    }

    @Test
    void shouldLetAProcessLackItsDriverWhileItStartsAndTheNextOneNot()
    {
        member.onStarted(null);
        assertFalse(member.mayLackDriver());
        member.onDriverless();
        assertTrue(member.mayLackDriver());
        assertFalse(member.mayRefuse());

        member.onStarted(null);

        assertFalse(member.mayLackDriver());
    }

    @Test
    void shouldNotLetAProcessEndThatHasStarted()
    {
        member.onStarted(null);
        member.onHindered();

        member.onOpened(1);

        assertFalse(member.mayRefuse());
    }
}
