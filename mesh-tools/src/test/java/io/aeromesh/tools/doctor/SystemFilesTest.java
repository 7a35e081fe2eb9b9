package io.aeromesh.tools.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What the kernel tells in files.
 */
class SystemFilesTest
{
    private static final String SETTING = "proc/sys/net/core/rmem_max";

    /** Found by a new user: its first digit was taken for all of it. */
    @Test
    void shouldReadASettingOfTheKernelWhole() throws IOException
    {
        final Path root = Path.of("/");
        assumeTrue(Files.exists(root.resolve(SETTING)), "this system has no " + SETTING);
        final byte[] text = new byte[64];
        final int length;
        try (RandomAccessFile file = new RandomAccessFile(root.resolve(SETTING).toFile(), "r"))
        {
            length = file.read(text);
        }

        assertEquals(Long.parseLong(new String(text, 0, length, StandardCharsets.ISO_8859_1).strip()),
            new SystemFiles(root).number(SETTING).orElseThrow());
    }
}
