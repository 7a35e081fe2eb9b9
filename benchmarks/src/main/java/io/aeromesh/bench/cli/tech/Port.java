package io.aeromesh.bench.cli.tech;

/**
 * One end of a two-way or one-way path of messages, over any technology.
 * <p>
 * <b>Threading:</b> one thread. <b>Blocking:</b> none.
 */
interface Port extends AutoCloseable
{
    /**
     * Whether messages can go. Called over and over, and does what setting up needs.
     */
    default boolean connected()
    {
        return true;
    }

    /**
     * Writes a message into the path.
     *
     * @param number given to {@link Message#writeTo}.
     * @return false when there is no room now.
     */
    boolean send(Message message, long number);

    /**
     * Hands over what has come, if anything.
     */
    void poll(Receiver receiver);

    /**
     * After how many messages, while this end only sends, {@link #work()} is to be called.
     */
    default int workEvery()
    {
        return Integer.MAX_VALUE;
    }

    /**
     * What has to go on while this end only waits, or has no room to send.
     */
    default void work()
    {
    }

    /**
     * What there is to say beyond the variant.
     */
    default String config()
    {
        return "";
    }

    @Override
    default void close()
    {
    }
}
