package io.aeromesh.planted.right;

import io.aeromesh.planted.left.Left;

/**
 * Needs {@link Left}, which needs it.
 *
 * @param other of the two.
 */
public record Right(Left other)
{
}
