package io.aeromesh.sim.load;

/**
 * An application at one node. It lives on when its node ends, and goes to the node's next instance.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
public interface App
{
    /** How it behaves. */
    enum Mood
    {
        /** It opens, sends, reads slowly, closes, fails. */
        WILD,
        /** It opens, sends a little more, and reads all. */
        CALM
    }

    /**
     * Where it runs.
     */
    String nodeName();

    /**
     * Its node is about to be closed: what it holds of others stays theirs for as long as it keeps it, so it keeps
     * nothing.
     */
    default void onNodeCloses()
    {
    }

    /**
     * Its node was killed, or is about to be closed.
     */
    void onNodeEnded();

    /**
     * Does a bit of work. Its node runs.
     */
    void work(Mood mood);

    /**
     * What it still waits for when it is calm, for people; null when nothing.
     */
    String owed();
}
