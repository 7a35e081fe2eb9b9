package io.aeromesh.fuzz.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fuzzer finds what is planted, and the checks of the targets can fail.
 */
@Timeout(300)
class CanaryTest
{
    private static final int SECONDS = 60;

    @TempDir
    private Path directory;

    @Test
    void shouldFindAPlantedFaultWithinSeconds() throws IOException, InterruptedException
    {
        // where tests are run from a jar of class paths, it says which they are
        final String classPath =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

        final Bout.Outcome outcome = new Bout(TrustingDecoder.class.getName(), classPath, directory).fuzz(SECONDS);

        assertTrue(outcome.finding().contains("TrustingDecoder"), outcome.finding());
        assertTrue(outcome.finding().contains("IndexOutOfBounds"), outcome.finding());
    }

    @Test
    void shouldFindAnAllocationThatTheInputSizes()
    {
        final byte[] input = {(byte)0xFF, (byte)0xFF};
        final byte[][] kept = new byte[1][];

        assertThrows(AssertionError.class, () -> AllocationBound.hold(
            32 * 1024, input, bytes -> kept[0] = new byte[new FuzzInput(bytes).int16()]));
        AllocationBound.hold(
            128 * 1024, input, bytes -> kept[0] = new byte[new FuzzInput(bytes).int16()]);
        assertEquals(0xFFFF, kept[0].length);
    }

    @Test
    void shouldPackTheSameInputsIntoTheSameArchive() throws IOException
    {
        final Path first = directory.resolve("first.zip");
        final Path inputs = directory.resolve("inputs");
        Files.createDirectories(inputs);
        Files.write(inputs.resolve("b"), new byte[] {2, 3});
        Files.write(inputs.resolve("a"), new byte[] {1});

        assertEquals(2, Corpus.pack(inputs, first));

        assertEquals(2, Corpus.read(first).size());
        assertEquals(2, Corpus.read(first).get(1).length);
        Corpus.unpack(first, directory.resolve("again"));
        Corpus.pack(directory.resolve("again"), directory.resolve("second.zip"));
        assertEquals(-1, Files.mismatch(first, directory.resolve("second.zip")));
    }
}
