package io.aeromesh;

/**
 * Blocks of shared memory of one node, each held by one owner at a time.
 * <p>
 * <b>Threading:</b> any thread; what it locks is never on a message's path. <b>Allocation:</b> none in steady state.
 */
public interface Leases
{
    /**
     * There is no free block of that length now: the blocks are all held, and the arena has its configured size.
     */
    long BACK_PRESSURED = MessageSink.BACK_PRESSURED;

    /**
     * The node is closed.
     */
    long CLOSED = MessageSink.CLOSED;

    /**
     * Takes a block. Its content is what its last holder left there.
     *
     * @param length in bytes, 1 to {@link #lengthMax()}.
     * @param lease  not held, that is set to the block.
     * @return the length of the block, or {@link #BACK_PRESSURED} or {@link #CLOSED}.
     * @throws io.aeromesh.error.MeshException BAD_CONFIG when the length is out of bounds; OUT_OF_SHARED_MEMORY when
     *     there is no block yet and no memory for the first: a later call tries again.
     */
    long tryAcquire(int length, Lease lease);

    /**
     * Takes a block as {@link #tryAcquire} does, and waits for one until the bound.
     *
     * @param length  in bytes, 1 to {@link #lengthMax()}.
     * @param boundNs longest wait in nanoseconds.
     * @return a new lease that is held.
     * @throws io.aeromesh.error.MeshException LEASES_EXHAUSTED when the bound passes, with what is held by whom.
     */
    Lease acquire(int length, long boundNs);

    /**
     * Takes a block without waiting.
     *
     * @throws io.aeromesh.error.MeshException LEASES_EXHAUSTED when there is none.
     */
    default Lease acquire(final int length)
    {
        return acquire(length, 0);
    }

    /**
     * Longest block, in bytes.
     */
    int lengthMax();
}
