package io.aeromesh.internal.direct;

/**
 * Between what is before it and what is behind it, as fields of a class lie behind those of the class that it extends.
 */
abstract class PositionValue extends PositionPadding
{
    long value;
    long mark = -1;
}
