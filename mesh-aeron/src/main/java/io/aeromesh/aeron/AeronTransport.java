package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.NameLocks;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * A node's connections to media drivers, one per driver directory, and its embedded driver.
 * <p>
 * <b>Threading:</b> {@link #attach} by any thread, one at a time, and beside the agent's {@link #doWork}; so it makes
 * drivers and connections, and leaves every call to a running driver or client to the agent. <b>Owns:</b> the
 * connections, which own clients and embedded drivers.
 */
final class AeronTransport implements Transport
{
    /** At both ends, three each: what one neighbour costs. */
    private static final int TERMS_PER_STREAM = 2 * 3;
    private static final int LOG_META_DATA_LENGTH = 4096;

    private final TransportContext context;
    private final DriverSettings settings;
    private final String nameFile;
    private final String privateName;
    private final Set<String> boundEndpoints = new HashSet<>(); // attach only
    private volatile DriverConnection[] connections = {};

    AeronTransport(final TransportContext context, final DriverSettings settings)
    {
        this.context = context;
        this.settings = settings;
        nameFile = NameLocks.fileName(context.meshName(), context.nodeName());
        privateName = DriverDirectories.privateName(nameFile, context.os().nextRandom());
    }

    @Override
    public Medium attach(final EdgeConfig config)
    {
        if (!(config instanceof AeronEdgeConfig))
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG, "not an Aeron edge: " + config.toUri());
        }

        final AeronEdgeConfig aeronConfig = (AeronEdgeConfig)config;
        final String dir = DriverDirectories.of(aeronConfig, context.baseDirectory(), privateName);
        final DriverMode mode = aeronConfig.aeron().driver();
        DriverConnection connection = find(dir);

        final PlaceAddresses place =
            aeronConfig instanceof AeronPlaceEdgeConfig joinable ? PlaceAddresses.of(joinable) : null;
        final String endpoint = place != null ? place.own() : endpointOf(aeronConfig);
        if (mode == DriverMode.EMBEDDED && endpoint != null)
        {
            checkEndpoint(endpoint, aeronConfig, dir);
        }
        if (connection == null)
        {
            connection = mode == DriverMode.EMBEDDED ? embed(dir, aeronConfig) : external(dir);
            final DriverConnection[] grown = Arrays.copyOf(connections, connections.length + 1);
            grown[grown.length - 1] = connection;
            connections = grown;
        }
        else if (mode == DriverMode.EXTERNAL && !connection.isDriverPresent())
        {
            throw absent(dir);
        }

        DriverDirectories.checkSpace(dir, lengthOf(aeronConfig), "edge " + aeronConfig.toUri());
        if (endpoint != null)
        {
            boundEndpoints.add(dir + '|' + endpoint);
        }
        if (place != null)
        {
            return new AeronPlaceMedium((AeronPlaceEdgeConfig)aeronConfig, place, connection, context);
        }
        if (aeronConfig instanceof AeronDirectEdgeConfig)
        {
            return new AeronDirectMedium((AeronDirectEdgeConfig)aeronConfig, connection, context);
        }
        return new AeronMedium(aeronConfig, connection, context);
    }

    @Override
    public int doWork(final long nowNs)
    {
        int workCount = 0;
        for (final DriverConnection connection : connections)
        {
            workCount += connection.doWork(nowNs);
        }
        return workCount;
    }

    @Override
    public void close()
    {
        for (final DriverConnection connection : connections)
        {
            connection.close();
        }
        connections = new DriverConnection[0];
    }

    /**
     * Dies as suddenly as a killed process does, for tests: the driver stops, and nothing is said to anyone.
     */
    void abandon()
    {
        for (final DriverConnection connection : connections)
        {
            connection.abandon();
        }
    }

    private DriverConnection find(final String dir)
    {
        for (final DriverConnection connection : connections)
        {
            if (connection.dir().equals(dir))
            {
                return connection;
            }
        }
        return null;
    }

    private DriverConnection embed(final String dir, final AeronEdgeConfig config)
    {
        final MeshOs os = context.os();
        DriverDirectories.ensureOwned(context.baseDirectory());
        DriverDirectories.sweep(context.baseDirectory(), nameFile, privateName, os.epochClock());
        DriverDirectories.checkSpace(dir, DriverSettings.DRIVER_FILES_LENGTH + lengthOf(config),
            "edge " + config.toUri() + " with an embedded media driver");
        final DriverLauncher driver = DriverLauncher.launch(os, Path.of(dir), context.threading(), settings);
        return new DriverConnection(dir, driver, context, settings);
    }

    private DriverConnection external(final String dir)
    {
        DriverDirectories.requireTrusted(Path.of(dir));
        final DriverConnection connection = new DriverConnection(dir, null, context, settings);
        if (!connection.isDriverPresent())
        {
            throw absent(dir);
        }
        return connection;
    }

    private static MeshException absent(final String dir)
    {
        return new MeshException(ErrorCode.DRIVER_ABSENT, "no media driver runs in " + dir);
    }

    /**
     * Binds the port for a moment: the driver would find out later, where nobody can be told well.
     */
    private void checkEndpoint(final String address, final AeronEdgeConfig config, final String dir)
    {
        if (boundEndpoints.contains(dir + '|' + address))
        {
            return; // our own driver has it, and shares it among streams
        }

        final HostPort endpoint = HostPort.parse(AeronUdpEdgeConfig.ENDPOINT, address);
        try (DatagramSocket socket = new DatagramSocket(null))
        {
            socket.bind(new InetSocketAddress(InetAddress.getByName(endpoint.host()), endpoint.port()));
        }
        catch (final UnknownHostException ex)
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG,
                "host '" + endpoint.host() + "' of edge " + config.toUri() + " has no address", ex);
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.ADDRESS_UNUSABLE,
                "can not bind " + address + " for edge " + config.toUri() + ": " + Reason.of(ex), ex);
        }
    }

    /**
     * A local address of one host that is received at, or null.
     */
    private static String endpointOf(final AeronEdgeConfig config)
    {
        return config instanceof AeronUdpEdgeConfig ? ((AeronUdpEdgeConfig)config).endpoint() :
            config instanceof AeronDirectEdgeConfig ? ((AeronDirectEdgeConfig)config).direct() : null;
    }

    /**
     * Shared memory of the streams of one edge, in bytes.
     */
    static long lengthOf(final AeronEdgeConfig config)
    {
        return TERMS_PER_STREAM * (config.aeron().termLength() + 2L * AeronOptions.CONTROL_TERM_LENGTH) +
            2L * StreamKind.values().length * LOG_META_DATA_LENGTH;
    }
}
