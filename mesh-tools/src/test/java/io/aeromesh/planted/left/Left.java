package io.aeromesh.planted.left;

import io.aeromesh.planted.right.Right;

/**
 * Needs {@link Right}, which needs it.
 *
 * @param other of the two.
 */
public record Left(Right other)
{
}
