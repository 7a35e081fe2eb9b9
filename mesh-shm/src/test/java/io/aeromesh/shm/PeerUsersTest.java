package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.Users;
import io.aeromesh.spi.EdgeUri;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may be at the other end of a link.
 */
class PeerUsersTest
{
    @Test
    void shouldAdmitThisUserUnlessOthersAreNamed() throws IOException
    {
        final PeerUsers own = PeerUsers.of(List.of());
        assertTrue(own.admits(Users.self()));
        assertFalse(own.areOthers());

        final PeerUsers others = PeerUsers.of(List.of("4000001", "4000002"));
        assertTrue(others.areOthers());
        assertTrue(others.admits(Users.find("4000002")));
        assertFalse(others.admits(Users.self()));
        assertFalse(others.admits(Users.find("4000003")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.user", "", "a b", "-1", "a:b", "x,y"})
    void shouldNameAUserThatThereIsNot(final String name)
    {
        final MeshException error = assertThrows(MeshException.class, () -> PeerUsers.of(List.of(name)));
        assertEquals(ErrorCode.BAD_CONFIG, error.code());
        assertTrue(error.getMessage().contains("user='" + name + "'"), error::getMessage);
    }

    @Test
    void shouldRefuseThisUserAsAnother() throws IOException
    {
        final String self = Users.self().getName();
        final MeshException error = assertThrows(MeshException.class, () -> PeerUsers.of(List.of(self)));
        assertEquals(ErrorCode.BAD_CONFIG, error.code());
        assertTrue(error.getMessage().contains("'" + self + "'"), error::getMessage);
    }

    @Test
    void shouldKeepUsersInTheUri()
    {
        final String text = "shm:link?side=listen|peers-max=4|users=bob,1005|dir=/d";
        final ShmEdgeConfig config = ShmEdgeConfig.from(EdgeUri.parse(text));
        assertEquals(List.of("bob", "1005"), config.users());
        assertEquals(config, ShmEdgeConfig.from(EdgeUri.parse(config.toUri())));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "shm:link?users=bob|dir=/d", "shm:link?side=listen|users=bob", "shm:link?side=connect|users=bob,eve|dir=/d",
        "shm:link?side=connect|users=|dir=/d"})
    void shouldRefuseUsersWithoutASideADirectoryOrAName(final String uri)
    {
        assertThrows(MeshException.class, () -> ShmEdgeConfig.from(EdgeUri.parse(uri)));
    }
}
