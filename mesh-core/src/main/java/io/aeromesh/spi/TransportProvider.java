package io.aeromesh.spi;

import java.util.Set;

/**
 * Makes transports for one URI scheme. Found by {@link java.util.ServiceLoader}, or named in the node's
 * configuration.
 */
public interface TransportProvider
{
    /**
     * URI scheme, for example {@code shm}; unique on the class path.
     */
    String scheme();

    /**
     * Guarantees of the edges of a configuration; contract tests for others are skipped.
     */
    Set<Capability> capabilities(EdgeConfig config);

    /**
     * Makes a typed record of a URI.
     *
     * @param uri whose scheme is this provider's.
     * @return the validated configuration.
     * @throws io.aeromesh.error.MeshException that says which part is bad, what was found and what is allowed.
     */
    EdgeConfig parse(EdgeUri uri);

    /**
     * Opens the state that the edges of one node share. Lazy: called when the first edge of this scheme is added.
     * Any thread.
     */
    Transport open(TransportContext context);
}
