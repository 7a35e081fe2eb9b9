package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.MeshConfig;
import io.aeromesh.os.MeshOs;
import io.aeromesh.tools.Mesh;
import io.aeromesh.watch.NodeWatch;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that is stopped is not dead: who attaches waits, and is told for whom.
 */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoppedHostTest
{
    @TempDir
    private Path temporary;

    @Test
    void shouldNameTheHostThatIsStoppedAndItsProcess()
    {
        final Path base = temporary.resolve("base");
        try (Child host = Child.start(temporary, Mesh.class, "host", "--name", "alpha", "--dir", base.toString()))
        {
            awaitHost(base, host);
            host.signal("STOP");
            final List<Tool> asking = new ArrayList<>();
            for (final String command : new String[] {"ping beta", "trace beta", "send --to beta/x", "topology",
                "recv x"})
            {
                asking.add(Tool.start(base, Redirect.from(new File("/dev/null")), Redirect.DISCARD,
                    (command + " --timeout 1").split(" ")));
            }
            asking.forEach(tool -> assertNamed(tool, host.process().pid()));
        }
    }

    /** It may be killed while somebody waits for it. */
    @Test
    void shouldNotSayOfADeadHostThatItHoldsItsLock()
    {
        final Path base = temporary.resolve("base");
        try (Child host = Child.start(temporary, Mesh.class, "host", "--name", "alpha", "--dir", base.toString()))
        {
            awaitHost(base, host);
            host.signal("STOP");
            try (Tool ping = Tool.start(base, Redirect.from(new File("/dev/null")), Redirect.DISCARD,
                "ping", "beta", "--timeout", "3"))
            {
                ping.await("its context", () -> NodeWatch.read(base).nodes().stream()
                    .anyMatch(node -> node.name().startsWith("alpha/")));
                host.signal("KILL");
                assertEquals(1, ping.awaitExit(), ping::errors);
                assertTrue(ping.errors().contains("host 'alpha' does not answer, and nothing here tells that it lives"),
                    ping::errors);
                assertTrue(ping.errors().contains("mesh host --name alpha --dir '" + base + "'"), ping::errors);
            }
        }
    }

    private static void awaitHost(final Path base, final Child host)
    {
        while (MeshOs.system().findHost(base, MeshConfig.DEFAULT.meshName()) == null)
        {
            assertTrue(host.isAlive(), host::errors);
            JvmProcess.rest();
        }
    }

    private static void assertNamed(final Tool tool, final long pid)
    {
        try (tool)
        {
            assertEquals(1, tool.awaitExit(), tool::errors);
            assertEquals(1, tool.errors().lines().count(), tool::errors);
            assertTrue(tool.errors().contains("host 'alpha' (process " + pid + ") holds its lock but does not answer"),
                tool::errors);
            assertTrue(tool.errors().contains("it is stopped. Let it go on, as with: kill -CONT " + pid), tool::errors);
        }
    }
}
