package io.aeromesh.tools.torture;

import io.aeromesh.tools.JvmFlags;
import io.aeromesh.tools.process.ProcessFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the command once more in namespaces of its own, so that it may mount, make networks and number processes anew,
 * and all that it started ends with it, however it ends.
 */
public final class Sandbox
{
    private static final int EXIT_ORPHANED = 3;
    private static final List<String> NAMESPACES = List.of("unshare", "--mount", "--net", "--pid", "--fork",
        "--kill-child", "--mount-proc");
    private static final List<String> AS_USER = List.of("unshare", "--map-root-user", "--mount", "--net", "--pid",
        "--fork", "--kill-child", "--mount-proc");

    private Sandbox()
    {
    }

    /**
     * What stands before a command that is to run in namespaces of its own, or nothing where that is not allowed.
     */
    public static List<String> prefix()
    {
        for (final List<String> prefix : List.of(NAMESPACES, AS_USER))
        {
            final List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of("sh", "-c", "mount -t tmpfs none /mnt"));
            if (Shell.failureOf(command.toArray(new String[0])).isEmpty())
            {
                return prefix;
            }
        }
        return List.of();
    }

    /**
     * Runs a main class in there and passes on what it says.
     *
     * @return its exit code.
     */
    public static int run(
        final List<String> prefix,
        final Class<?> main,
        final List<String> args,
        final PrintWriter out,
        final PrintWriter err)
    {
        final List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.forThisJava());
        command.addAll(List.of("-XX:-UsePerfData", "-Xmx512m", "-cp", System.getProperty("java.class.path"),
            main.getName()));
        command.addAll(args);
        try
        {
            final Process process = new ProcessBuilder(command).start();
            final Thread errors = new Thread(() -> pass(process.getErrorStream(), err), "torture-errors");
            errors.setDaemon(true);
            errors.start();
            pass(process.getInputStream(), out);
            errors.join();
            return process.waitFor();
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not run " + command.get(0) + ": " + ex.getMessage(), ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new ProcessFailure("interrupted", ex);
        }
    }

    /**
     * In there: ends this process when the one that started it has ended, which the end of the input tells.
     */
    public static void endWithParent()
    {
        final Thread watch = new Thread(() ->
        {
            try
            {
                while (System.in.read() >= 0)
                {
                    // nothing is said to it
                    continue;
                }
            }
            catch (final IOException ex)
            {
                System.err.println("input ends: " + ex);
            }
            System.exit(EXIT_ORPHANED);
        }, "torture-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private static void pass(final InputStream from, final PrintWriter to)
    {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8)))
        {
            String line = lines.readLine();
            while (line != null)
            {
                to.println(line);
                to.flush();
                line = lines.readLine();
            }
        }
        catch (final IOException ex)
        {
            to.println("output ends: " + ex);
        }
    }
}
