package io.aeromesh.aeron;

/**
 * Has memory of an Aeron client in use. Agent thread.
 */
interface ClientUser
{
    /**
     * The client ends, and with it the memory of its streams: lets go of all of it.
     */
    void onClientGone();
}
