package io.aeromesh.tools.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.watch.NodeWatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.types.MetricType;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a scraper gets, read back by a parser that is not ours.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MetricsServerTest
{
    private static final String PLAIN = "a\"b\\c";

    @TempDir
    private Path temporary;

    @Test
    void shouldServeWhatAParserReads() throws IOException, InterruptedException
    {
        final Path base = temporary.resolve("base");
        try (MeshNode gateway = MeshNode.launch(NodeConfig.named("gateway").baseDirectory(base).invoked()
            .edge("inproc:x?name=" + PLAIN));
            MetricsServer server = new MetricsServer(0, () -> NodeWatch.read(base).nodes()))
        {
            for (int i = 0; i < 1_000; i++)
            {
                gateway.doWork();
            }

            final HttpResponse<String> response = get(server.uri(), "GET");

            assertEquals(200, response.statusCode());
            assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8",
                response.headers().firstValue("Content-Type").orElseThrow());
            assertTrue(response.body().endsWith("# EOF\n"));
            final List<MetricFamily> families = parse(response.body());
            final Gauge up = (Gauge)family(families, "aeromesh_up").getMetrics().get(0);
            assertEquals(1.0, up.getValue());
            assertEquals(Map.of("mesh", "default", "node", "gateway"), up.getLabels());
            final Histogram cycles = (Histogram)family(families, "aeromesh_duty_cycle_seconds").getMetrics().get(0);
            assertTrue(cycles.getSampleCount() > 0); // by time, so a thousand may be few
            assertTrue(cycles.getSampleSum() > 0);
            long before = 0;
            for (final Histogram.Bucket bucket : cycles.getBuckets())
            {
                assertTrue(bucket.getCumulativeCount() >= before);
                before = bucket.getCumulativeCount();
            }
            assertEquals(cycles.getSampleCount(), before);
            assertEquals(PLAIN, family(families, "aeromesh_edge_round_trip_seconds").getMetrics().get(0).getLabels()
                .get("edge"));
            for (final MeshCounter counter : MeshCounter.values())
            {
                final String name = "aeromesh_" + counter.name().toLowerCase(java.util.Locale.ROOT)
                    .replaceFirst("_ns$", "_seconds");
                assertTrue(counter.scope() == MeshCounter.Scope.CHANNEL ||
                    families.stream().anyMatch(any -> any.getName().startsWith(name)), name);
            }
        }
    }

    @Test
    void shouldRefuseAllElse() throws IOException, InterruptedException
    {
        try (MetricsServer server = new MetricsServer(0, List::of))
        {
            assertEquals(404, get(server.uri() + "/x", "GET").statusCode());
            assertEquals(405, get(server.uri(), "POST").statusCode());
            final List<MetricFamily> none = parse(get(server.uri(), "GET").body());
            assertTrue(none.stream().allMatch(family -> family.getMetrics().isEmpty()));
        }
    }

    /** A page from elsewhere, whose name was made to point here, would read it as its own. */
    @Test
    void shouldRefuseToBeCalledByAName() throws IOException
    {
        try (MetricsServer server = new MetricsServer(0, List::of);
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(server.uri()).getPort()))
        {
            socket.getOutputStream().write(
                "GET /metrics HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            final String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
        }
    }

    @Test
    void shouldSayWhenThePortIsTaken()
    {
        try (MetricsServer server = new MetricsServer(0, List::of))
        {
            final int port = URI.create(server.uri()).getPort();
            final MeshException ex =
                assertThrows(MeshException.class, () -> new MetricsServer(port, List::of).close());
            assertEquals(ErrorCode.ADDRESS_UNUSABLE, ex.code());
            assertTrue(ex.getMessage().contains(Integer.toString(port)), ex.getMessage());
        }
    }

    private static HttpResponse<String> get(final String uri, final String method)
        throws IOException, InterruptedException
    {
        return HttpClient.newHttpClient().send(
            HttpRequest.newBuilder(URI.create(uri)).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    }

    private static List<MetricFamily> parse(final String text)
    {
        final CollectorPrometheusMetricsWalker walker = new CollectorPrometheusMetricsWalker();
        new TextPrometheusMetricsProcessor(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), walker).walk();
        assertTrue(walker.isFinished());
        return walker.getAllMetricFamilies();
    }

    private static MetricFamily family(final List<MetricFamily> families, final String name)
    {
        final MetricFamily found =
            families.stream().filter(family -> family.getName().equals(name)).findFirst().orElseThrow();
        assertTrue(found.getType() != MetricType.SUMMARY);
        return found;
    }
}
