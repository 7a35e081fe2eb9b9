package io.aeromesh.bench.cli;

import io.aeromesh.bench.JvmFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java that measures: the one that runs this command, or another.
 *
 * @param home    its directory.
 * @param version such as {@code 17.0.15}.
 */
record JavaHome(Path home, String version)
{
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"([0-9][^\"]*)\"");
    private static final int FEATURE_MIN = 17;

    /**
     * That which runs this.
     */
    static JavaHome current()
    {
        return new JavaHome(Path.of(System.getProperty("java.home")), Runtime.version().toString());
    }

    /**
     * That of a directory, by its file {@code release}.
     *
     * @throws IllegalArgumentException saying in one line what is missing.
     */
    static JavaHome of(final Path home)
    {
        final Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release))
        {
            throw new IllegalArgumentException("'" + home + "' is no home of a JDK: it needs bin/java and release");
        }
        try
        {
            final Matcher matcher = VERSION.matcher(Files.readString(release));
            if (!matcher.find())
            {
                throw new IllegalArgumentException(release + " names no JAVA_VERSION");
            }
            final JavaHome found = new JavaHome(home, matcher.group(1));
            if (found.feature() < FEATURE_MIN)
            {
                throw new IllegalArgumentException(
                    "'" + home + "' is Java " + found.version + ", needed is " + FEATURE_MIN + " or newer");
            }
            return found;
        }
        catch (final IOException ex)
        {
            throw new IllegalArgumentException("can not read " + release + ": " + ex.getMessage(), ex);
        }
    }

    int feature()
    {
        return Integer.parseInt(version.split("[.+-]")[0]);
    }

    /**
     * The beginning of a command that runs a class of this class path there, with the flags that measuring needs.
     */
    List<String> command(final Path temporaryDirectory) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(JvmFlags.forJava(feature()));
        command.addAll(MeasuringFlags.ALL);
        command.add("-Djava.io.tmpdir=" + temporaryDirectory);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        return command;
    }
}
