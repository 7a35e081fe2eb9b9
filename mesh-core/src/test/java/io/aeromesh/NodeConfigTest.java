package io.aeromesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import org.junit.jupiter.api.Test;

class NodeConfigTest
{
    @Test
    void shouldRefuseAnEdgeToTheNodeItself()
    {
        final NodeConfig config = NodeConfig.named("a").edge("inproc:x?peer=b");

        final MeshException refusal = assertThrows(MeshException.class, () -> config.edge("inproc:y?peer=a"));

        assertEquals(ErrorCode.BAD_EDGE_CONFIG, refusal.code());
        assertTrue(refusal.getMessage().contains("inproc:y?peer=a: peer is 'a'"), refusal.getMessage());
    }
}
