package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.PacketLog;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.Lane;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AeronIpcContractTest extends AeronContract
{
    private DriverProcess driver;

    @BeforeEach
    void startDriver()
    {
        driver = new DriverProcess(tempDirectory.resolve("driver"));
    }

    @AfterEach
    void closeDriver()
    {
        closeEnds();
        driver.close();
    }

    @Override
    protected EdgeConfig firstConfig()
    {
        return parse("aeron:ipc?stream=11|peer=node-b|name=left|cost=3|dir=" + tempDirectory.resolve("driver"));
    }

    @Override
    protected EdgeConfig secondConfig()
    {
        return parse("aeron:ipc?stream=11|dir=" + tempDirectory.resolve("driver"));
    }

    @Test
    void shouldComeUpAnewWhenTheDriverWasKilledAndStartedAgain()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);

        for (int round = 1; round <= 2; round++)
        {
            final int count = round;
            final Edge old = first.edge();
            driver.kill();
            await("edges down", () -> first.downs().size() == count && second.downs().size() == count);
            assertEquals(Lane.CLOSED, old.data().tryClaim(8));
            await("report", () -> first.hasError(ErrorCode.DRIVER_ABSENT));
            assertThrows(MeshException.class, this::attachFirst);
            old.close();

            driver = new DriverProcess(tempDirectory.resolve("driver"));
            awaitUp(first, second);
            sendSoon(first.edge().data(), PacketLog.packet(0, 300));
            awaitPackets(second.edge().data(), new PacketLog(), 1);
            assertEquals(count, first.errors().size(), () -> first.errors().toString());
        }
    }

    @Test
    void shouldShareTheDriverThatANodeEmbeds()
    {
        final Path dir = tempDirectory.resolve("embedded");
        final ContractEnd host = attach("host", parse("aeron:ipc?driver=embedded|dir=" + dir));
        final ContractEnd guest = attach("guest", parse("aeron:ipc?dir=" + dir));
        awaitUp(host, guest);

        sendSoon(guest.edge().data(), PacketLog.packet(0, 300));
        awaitPackets(host.edge().data(), new PacketLog(), 1);
        final Edge old = guest.edge();
        host.close();
        await("edge down", () -> guest.downs().contains(old));
        assertFalse(Files.exists(dir));
    }
}
