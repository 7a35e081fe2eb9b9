package io.aeromesh.error;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.status.MeshCounter;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrorCodeTest
{
    @Test
    void shouldHaveAnIdAnActionAndARemedyEach()
    {
        final Set<Integer> ids = new HashSet<>();
        for (final ErrorCode code : ErrorCode.values())
        {
            assertTrue(ids.add(code.id()), "id twice: " + code);
            assertNotNull(code.action(), code.name());
            assertFalse(code.remedy().isBlank(), "no remedy: " + code);
        }
    }

    @Test
    void shouldHaveACounterIdAndADocEach()
    {
        final Set<Integer> ids = new HashSet<>();
        for (final MeshCounter counter : MeshCounter.values())
        {
            assertTrue(ids.add(counter.id()), "id twice: " + counter);
            assertFalse(counter.doc().isBlank(), "no doc: " + counter);
        }
    }

    @Test
    void shouldNameCodeMessageAndRemedy()
    {
        final String text = new MeshException(ErrorCode.ADDRESS_UNUSABLE, "port=40123").getMessage();
        assertTrue(text.contains("1022") && text.contains("port=40123") && text.contains("Choose another port"), text);
    }
}
