package io.aeromesh.aeron;

import io.aeromesh.spi.EdgeConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

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
}
