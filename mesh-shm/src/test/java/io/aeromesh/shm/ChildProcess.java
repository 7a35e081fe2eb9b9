package io.aeromesh.shm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM like this one that runs a main class; killed when closed.
 */
final class ChildProcess implements AutoCloseable
{
    private static final long DEADLINE_SECONDS = 60;
    /** Of a child: who reads from one that says nothing more must not wait for ever. */
    private static final long LIFE_SECONDS = 100;

    private final Process process;
    private final BufferedReader output;

    private ChildProcess(final Process process)
    {
        this.process = process;
        this.output = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildProcess start(final Class<?> main, final String... arguments) throws IOException
    {
        return start(List.of(), main, arguments);
    }

    /**
     * One that may have so many files open.
     */
    static ChildProcess startWithDescriptors(final int descriptors, final Class<?> main, final String... arguments)
        throws IOException
    {
        return start(List.of("sh", "-c", "ulimit -n " + descriptors + " && exec \"$@\"", "sh"), main, arguments);
    }

    private static ChildProcess start(final List<String> starter, final Class<?> main, final String... arguments)
        throws IOException
    {
        final List<String> command = new ArrayList<>(starter);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String argument : ManagementFactory.getRuntimeMXBean().getInputArguments())
        {
            if (argument.startsWith("--") || argument.startsWith("-javaagent:"))
            {
                command.add(argument);
            }
        }
        command.add("-Dagrona.disable.bounds.checks=true");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1"); // most are killed before more of it would pay
        command.add("-Xmx128m");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        CompletableFuture.delayedExecutor(LIFE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        return new ChildProcess(process);
    }

    /**
     * Blocks for a line that starts so, and returns the rest of it.
     */
    String awaitLine(final String start) throws IOException
    {
        String line = output.readLine();
        while (null != line && !line.startsWith(start))
        {
            line = output.readLine();
        }
        if (null == line)
        {
            throw new AssertionError("child ended before it said: " + start);
        }
        return line.substring(start.length()).trim();
    }

    /**
     * Looks, without blocking, for a line that starts so.
     *
     * @return the rest of it, or null when it was not said yet.
     */
    String pollLine(final String start) throws IOException
    {
        while (output.ready())
        {
            final String line = output.readLine();
            if (line.startsWith(start))
            {
                return line.substring(start.length()).trim();
            }
        }
        if (!process.isAlive())
        {
            throw new AssertionError("child ended before it said: " + start);
        }
        return null;
    }

    /**
     * Ends its wait for a first byte of input.
     */
    void letGo() throws IOException
    {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    int awaitExit() throws InterruptedException
    {
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
        {
            throw new AssertionError("child still runs");
        }
        return process.exitValue();
    }

    void signal(final String name) throws IOException, InterruptedException
    {
        final int exit =
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
        if (0 != exit)
        {
            throw new AssertionError("kill exited with " + exit);
        }
    }

    /**
     * SIGKILL.
     */
    void kill()
    {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close()
    {
        kill();
    }
}
