package io.aeromesh.fuzz.run;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every input that is kept, without the fuzzer. Run twice: with Agrona's bounds checks, and without.
 */
@Timeout(120)
class CorpusReplayTest
{
    static final Path KEPT = Path.of("corpus");

    @TestFactory
    Stream<DynamicTest> shouldFindNothingInTheInputsThatAreKept()
    {
        return Target.ALL.stream().map(target -> dynamicTest(target.name(), () -> replay(target)));
    }

    private static void replay(final Target target) throws IOException
    {
        final List<byte[]> inputs = Corpus.read(KEPT.resolve(target.name() + ".zip"));
        assertTrue(inputs.size() > 1, "no corpus of '" + target + "': .ci/fuzz --keep " + target);
        for (final byte[] input : inputs)
        {
            try
            {
                target.once().accept(input);
            }
            catch (final RuntimeException | Error ex)
            {
                throw new AssertionError(
                    target + " fails on input " + Base64.getEncoder().encodeToString(input) + ": " + ex, ex);
            }
        }
    }
}
