package io.aeromesh.internal.routing;

/**
 * Which of two live nodes with one name gives way.
 */
public enum Withdrawal
{
    /** This node: its instance id is the lower one. */
    SELF,
    /** The other node. */
    OTHER
}
