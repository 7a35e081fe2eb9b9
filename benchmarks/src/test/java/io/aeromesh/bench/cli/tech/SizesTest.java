package io.aeromesh.bench.cli.tech;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SizesTest
{
    @Test
    void shouldReadAndWriteSizes()
    {
        assertEquals(32, Sizes.parse("32"));
        assertEquals(4096, Sizes.parse(" 4K"));
        assertEquals(1 << 20, Sizes.parse("1m"));
        assertEquals("4 KiB", Sizes.text(4096));
        assertEquals("1 MiB", Sizes.text(1 << 20));
        assertEquals("100 B", Sizes.text(100));
    }

    @Test
    void shouldReadVariants()
    {
        final Variant variant = new Variant("driver=peer every=16 term=1m");
        assertEquals("peer", variant.get("driver", "lead"));
        assertEquals(16, variant.get("every", 1));
        assertEquals(1 << 20, variant.get("term", 1));
        assertEquals(7, variant.get("mtu", 7));
    }
}
