/**
 * Edges over Aeron: shared memory through a media driver, UDP to one neighbour, UDP multicast to many. A medium is a
 * pair of Aeron streams, one per lane; an edge is what two sessions on them have agreed on in a small handshake.
 */
package io.aeromesh.aeron;
