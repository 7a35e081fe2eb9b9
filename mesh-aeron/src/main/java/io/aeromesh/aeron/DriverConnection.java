package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.spi.TransportContext;
import io.aeron.Aeron;
import io.aeron.driver.status.SystemCounterDescriptor;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.NoOpLock;

/**
 * One media driver as this node uses it: the embedded driver if it is ours, and an Aeron client that is made anew
 * whenever it ends, be it that the driver died, or that this process stood still for too long.
 * <p>
 * <b>Threading:</b> agent thread only, except construction and {@link #isDriverPresent}, which attaching uses.
 * <b>Owns:</b> driver and client. No thread but the agent's touches the client, so it needs no lock.
 */
final class DriverConnection implements AutoCloseable
{
    /** More than a driver tells its clients in one duty cycle of this node; what is left is heard in the next one. */
    private static final int EVENTS_MAX = 4096;

    private final String dir;
    private final DriverLauncher driver;
    private final TransportContext context;
    private final DriverSettings settings;
    private final DriverProbe probe;
    private final List<ClientUser> users = new ArrayList<>();
    private Aeron client;
    private AgentInvoker clientInvoker;
    private Throwable failure;
    private Throwable clientError;
    private long nextCheckNs;
    private boolean isChecked;

    /**
     * @param driver that is ours and closed by us; null: an external one.
     */
    DriverConnection(
        final String dir, final DriverLauncher driver, final TransportContext context, final DriverSettings settings)
    {
        this.dir = dir;
        this.driver = driver;
        this.context = context;
        this.settings = settings;
        probe = newProbe();
    }

    String dir()
    {
        return dir;
    }

    DriverSettings settings()
    {
        return settings;
    }

    /**
     * Looks anew whether the driver runs. Any thread.
     */
    boolean isDriverPresent()
    {
        return driver != null || newProbe().isPresent();
    }

    /**
     * The client, or null while there is none.
     */
    Aeron client()
    {
        return client;
    }

    /**
     * How many errors the driver has counted, or 0 while there is no client.
     */
    long driverErrors()
    {
        return client == null || client.isClosed() ? 0 :
            client.countersReader().getCounterValue(SystemCounterDescriptor.ERRORS.id());
    }

    /**
     * Why there is no client; null: it is not known yet.
     */
    Throwable failure()
    {
        return failure;
    }

    /**
     * What the client complained of since the last call, or null. The first medium that asks reports it.
     */
    Throwable takeClientError()
    {
        final Throwable taken = clientError;
        clientError = null;
        return taken;
    }

    void add(final ClientUser user)
    {
        users.add(user);
    }

    void remove(final ClientUser user)
    {
        users.remove(user);
    }

    int doWork(final long nowNs)
    {
        int workCount = driver == null ? 0 : driver.doWork();
        if (client != null)
        {
            workCount += hear();
            if (!clientInvoker.isRunning() || client.isClosed())
            {
                disconnect();
                isChecked = false; // try again at once
            }
        }

        if (!isChecked || nowNs - nextCheckNs >= 0)
        {
            isChecked = true;
            nextCheckNs = nowNs + DriverSettings.CHECK_INTERVAL_NS;
            if (client == null)
            {
                connect();
                workCount++;
            }
            else if (driver == null && !probe.isProcessAlive())
            {
                disconnect();
                failure = absent();
                workCount++;
            }
        }
        return workCount;
    }

    /**
     * Hears all that the driver has told. A client hears one thing each time it is invoked, and the driver tells all
     * of its clients whatever becomes of the streams of any: one thing per duty cycle would leave a busy node ever
     * further behind, reading streams that have long ended.
     * <p>
     * A client that gives itself up says why first, and has ended when it is invoked once more only; in between whoever
     * asks it for anything is answered by an exception. So after a complaint it is invoked again.
     */
    private int hear()
    {
        int eventCount = 0;
        for (int i = 0; i < EVENTS_MAX; i++)
        {
            final Throwable before = clientError;
            final int workCount = clientInvoker.invoke();
            eventCount += workCount;
            if (workCount == 0 && clientError == before)
            {
                break;
            }
        }
        return eventCount;
    }

    /**
     * What is known of the driver, for who has read nonsense from it. Allocates.
     */
    String describe()
    {
        final DriverProbe present = newProbe();
        return present.isPresent() ? "the media driver said " + present.heartbeatAgeMs() + " ms ago that it is alive" :
            "the media driver is gone or says nothing";
    }

    /**
     * Lets an invoked driver send what was committed.
     */
    void flush()
    {
        if (driver != null)
        {
            driver.doWork();
        }
    }

    @Override
    public void close()
    {
        disconnect();
        if (driver != null)
        {
            driver.close();
        }
    }

    /**
     * For tests: what remains of a killed process.
     */
    void abandon()
    {
        if (driver != null)
        {
            driver.abandon();
        }
    }

    private void connect()
    {
        try
        {
            if (!probe.isPresent())
            {
                failure = absent();
                return;
            }

            client = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(dir)
                .clientName(clientName())
                .useConductorAgentInvoker(true)
                .clientLock(NoOpLock.INSTANCE)
                .errorHandler(this::onClientError)
                .driverTimeoutMs(settings.driverTimeoutMs())
                .keepAliveIntervalNs(DriverSettings.KEEP_ALIVE_NS)
                .epochClock(context.os().epochClock())
                .nanoClock(context.os().nanoClock()));
            clientInvoker = client.conductorAgentInvoker();
            failure = null;
        }
        catch (final MeshException ex)
        {
            failure = ex;
        }
        catch (final Exception ex) // as it throws checked ones, of files, as if they were not
        {
            failure = new MeshException(ErrorCode.DRIVER_ABSENT,
                "can not connect to the media driver in " + dir + ": " + Reason.of(ex), ex);
        }
    }

    /**
     * Takes the memory of the client's streams away, so everyone who has a view of it lets go first.
     */
    private void disconnect()
    {
        if (client != null)
        {
            for (final ClientUser user : users)
            {
                user.onClientGone();
            }
            CloseHelper.quietClose(client);
            client = null;
            clientInvoker = null;
        }
    }

    private void onClientError(final Throwable error)
    {
        if (!(error.getCause() instanceof NoSuchFileException)) // a stream that ended before it was seen to begin
        {
            clientError = new MeshException(ErrorCode.DRIVER_LOST, "media driver in " + dir + ": " + error, error);
        }
    }

    private DriverProbe newProbe()
    {
        return new DriverProbe(dir, context.os().epochClock(), settings);
    }

    private String clientName()
    {
        final String name = context.nodeName();
        return name.length() <= Aeron.Configuration.MAX_CLIENT_NAME_LENGTH ? name :
            name.substring(0, Aeron.Configuration.MAX_CLIENT_NAME_LENGTH);
    }

    private MeshException absent()
    {
        return new MeshException(ErrorCode.DRIVER_ABSENT, "no media driver runs in " + dir);
    }
}
