package io.aeromesh.tools.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderTest
{
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8480", "127.0.0.1:1", "10.1.2.3", "[::1]:8480", "[fe80::1%eth0]"})
    void shouldLetAddressesIn(final String host)
    {
        assertTrue(HostHeader.isAllowed(host));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "localhost:x",
        "localhost\n", "[evil]", "1.2.3", "localhost@evil.example", "127.0.0.1:123456"})
    void shouldRefuseNames(final String host)
    {
        assertFalse(HostHeader.isAllowed(host));
    }
}
