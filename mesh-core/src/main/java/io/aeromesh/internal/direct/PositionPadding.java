package io.aeromesh.internal.direct;

/**
 * Two cache lines that nobody uses, before a position.
 */
@SuppressWarnings({"unused", "MultipleVariableDeclarations"})
abstract class PositionPadding
{
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
}
