package io.aeromesh.spi;

/**
 * Memory that one node creates and others map, for as long as the node lives. One per node and provider.
 * <p>
 * <b>Threading:</b> any thread; what it locks is for set-up only. <b>Ownership:</b> each region is closed by who
 * created or attached it; regions that a dead node left are deleted by {@link #sweep} and by the next node of that
 * name.
 */
public interface SharedMemory extends AutoCloseable
{
    /**
     * Equal at two nodes if, and only if, one can attach what the other creates; never 0.
     */
    long token();

    /**
     * How far it reaches.
     */
    Scope scope();

    /**
     * How far memory reaches.
     */
    enum Scope
    {
        /** Threads of one process. */
        PROCESS,
        /** Processes of one host. */
        HOST
    }

    /**
     * Creates memory that is zero, resident and backed: a full file system is an error here and not a signal later.
     *
     * @param length in bytes.
     * @return the region, mapped, under a fresh id.
     * @throws io.aeromesh.error.MeshException OUT_OF_SHARED_MEMORY with the bytes needed and found.
     */
    SharedRegion create(int length);

    /**
     * Maps memory that a node of this host created and still names.
     *
     * @param creator name of that node.
     * @param id      of the region, from its creator: checked, never trusted.
     * @param length  in bytes that the region must have.
     * @return the region, mapped.
     * @throws io.aeromesh.error.MeshException saying why it can not be mapped.
     */
    SharedRegion attach(String creator, long id, int length);

    /**
     * Lets this instance look alive to {@link #isAlive} also after {@link #close()}, and after its name has gone to
     * another, until the result is closed or the process ends: for as long as it has memory of others in use. To be
     * called while the node has its name.
     *
     * @return what ends it; closing is idempotent and never throws.
     */
    Lingering linger();

    /**
     * An instance that is closed and has not ended.
     */
    interface Lingering extends AutoCloseable
    {
        @Override
        void close();
    }

    /**
     * Whether that instance of a node, which has or had its memory open here, still lives, as the kernel says. A node
     * that was restarted under the same name is another instance, and does not make the dead one look alive. What can
     * not be told is taken to live.
     */
    boolean isAlive(String creator, long instanceHigh, long instanceLow);

    /**
     * Deletes what dead nodes of that name left, if none holds the name now: a living one did it when it started.
     */
    void sweep(String creator);

    /**
     * Takes the names of all regions away. Mappings stay until their own close.
     */
    @Override
    void close();
}
