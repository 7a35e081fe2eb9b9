package io.aeromesh.aeron;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.IoUtil;

/**
 * More nodes at places than the machine has cores for, which come and go, while processes are stopped for longer than
 * a media driver waits for its clients: {@link PlaceLoadNodes} says what comes of it. For people, as it takes minutes.
 */
final class PlaceLoadMain
{
    private static final long STOP_EVERY_MS = 8_000;
    private static final long STOP_MS = 12_000;

    private PlaceLoadMain()
    {
    }

    /**
     * @param args nodes, drivers, seconds.
     */
    public static void main(final String[] args) throws IOException, InterruptedException
    {
        final int driverCount = Integer.parseInt(args[1]);
        final long endMs = System.currentTimeMillis() + 1_000 * Long.parseLong(args[2]);
        final Path directory = Files.createTempDirectory("places");
        final List<DriverProcess> drivers = new ArrayList<>();
        final List<Process> workers = new ArrayList<>();
        try
        {
            final String addresses = addresses(Integer.parseInt(args[0]));
            for (int i = 0; i < driverCount; i++)
            {
                final Path driver = directory.resolve("drivers").resolve("driver" + i);
                drivers.add(new DriverProcess(driver));
                workers.add(DriverProcess.java(PlaceLoadNodes.class, directory.resolve("base").toString(),
                    driver.toString(), Integer.toString(i), Integer.toString(driverCount), addresses));
            }
            stopSome(drivers, workers, endMs);
        }
        finally
        {
            workers.forEach(Process::destroyForcibly);
            drivers.forEach(DriverProcess::kill);
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private static String addresses(final int count)
    {
        final List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            addresses.add("127.0.0.1:" + AeronUdpContractTest.freePort());
        }
        return String.join(",", addresses);
    }

    /**
     * Nodes twice as often as drivers. By the clock, as this is load for people to watch, and waits for nothing.
     */
    private static void stopSome(final List<DriverProcess> drivers, final List<Process> workers, final long endMs)
        throws IOException, InterruptedException
    {
        final Random random = new Random(1);
        while (System.currentTimeMillis() < endMs && workers.stream().allMatch(Process::isAlive))
        {
            Thread.sleep(STOP_EVERY_MS);
            final int index = random.nextInt(workers.size());
            final boolean isDriver = random.nextInt(3) == 0;
            final long pid = isDriver ? drivers.get(index).pid() : workers.get(index).pid();
            System.err.println("stopped: " + (isDriver ? "driver " : "nodes by driver ") + index);
            DriverProcess.signal("STOP", pid);
            Thread.sleep(STOP_MS);
            DriverProcess.signal("CONT", pid);
        }
        workers.stream().filter(worker -> !worker.isAlive())
            .forEach(worker -> System.err.println("nodes ended with " + worker.exitValue()));
    }
}
