package io.aeromesh.bench.cli.tech;

/**
 * A port of which there is more to say.
 *
 * @param port as it is.
 * @param note for its configuration.
 */
record NotedPort(Port port, String note) implements Port
{
    @Override
    public boolean connected()
    {
        return port.connected();
    }

    @Override
    public boolean send(final Message message, final long number)
    {
        return port.send(message, number);
    }

    @Override
    public void poll(final Receiver receiver)
    {
        port.poll(receiver);
    }

    @Override
    public int workEvery()
    {
        return port.workEvery();
    }

    @Override
    public void work()
    {
        port.work();
    }

    @Override
    public String config()
    {
        return port.config() + ", " + note;
    }

    @Override
    public void close()
    {
        port.close();
    }
}
