package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.tools.option.Bounded;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A number is refused in one way, whatever the command and the option.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NumericOptionsTest
{
    private static final Set<Class<?>> NUMERIC = Set.of(
        int.class, Integer.class, long.class, Long.class, double.class, Double.class, Duration.class);

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path base;

    private static Stream<OptionSpec> numericOptions()
    {
        return Mesh.commandLine().getSubcommands().values().stream()
            .flatMap(command -> command.getCommandSpec().options().stream())
            .filter(option -> NUMERIC.contains(option.type()));
    }

    @Test
    void shouldBoundEachNumericOption()
    {
        final List<String> unbounded = numericOptions()
            .filter(option -> option.converters().length != 1 || !(option.converters()[0] instanceof Bounded))
            .map(option -> option.command().qualifiedName() + " " + option.longestName()).toList();

        assertEquals(List.of(), unbounded);
        assertTrue(numericOptions().count() > 10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "host --name a --contexts 4097; --contexts; '4097' is no number of contexts from 1 to 4096",
        "host --name a --contexts 0; --contexts; '0' is no number of contexts from 1 to 4096",
        "host --name a --active 65; --active; '65' is no number of neighbours from 1 to 64",
        "node --name a --active x; --active; 'x' is no number of neighbours from 1 to 64",
        "send --to b/c --window 5000; --window; '5000' is no power of two from 4096 to 67108864",
        "send --to b/c --window -4096; --window; '-4096' is no power of two from 4096 to 67108864",
        "send --to b/c --window 134217728; --window; '134217728' is no power of two from 4096 to 67108864",
        "send --to b/c --window 1e6; --window; '1e6' is no power of two from 4096 to 67108864",
        "ping b -c 0; --count; '0' is no number from 1 to 2147483647",
        "trace b -c 2147483648; --count; '2147483648' is no number from 1 to 2147483647",
        "stat --count x; --count; 'x' is no number from 1 to 2147483647",
        "top --interval 0.05; --interval; '0.05' is no number of seconds from 0.1 to 3600",
        "top --interval NaN; --interval; 'NaN' is no number of seconds from 0.1 to 3600",
        "ping b --timeout -0.1; --timeout; '-0.1' is no number of seconds from 0 to 1000000000",
        "ping b --timeout 1e300; --timeout; '1e300' is no number of seconds from 0 to 1000000000",
        "page --port 65536; --port; '65536' is no port, 0 for any that is free, from 0 to 65535",
        "demo --messages 0; --messages; '0' is no number from 1 to",
        "torture --minutes 1 --seed x; --seed; 'x' is no seed from"})
    void shouldSayWhichValueAndWhatItMayBe(final String line, final String option, final String expected)
    {
        assertEquals(CommandLine.ExitCode.USAGE, Mesh.commandLine().setErr(new PrintWriter(err))
            .execute((line + " --dir " + base).split(" ")), err::toString);

        assertTrue(err.toString().contains("option '" + option), err::toString);
        assertTrue(err.toString().contains(": " + expected), err::toString);
        assertEquals(2, err.toString().lines().count(), err::toString);
    }
}
