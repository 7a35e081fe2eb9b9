/**
 * Edges over Aeron: shared memory through a media driver, UDP to one neighbour, UDP multicast to many, and a place at
 * which one neighbour after the other comes to have an edge as if it had been configured.
 * <p>
 * A medium is three Aeron streams that all of its members publish and subscribe to: one per lane, and one for the
 * handshakes of links. An edge is what two sessions on them have agreed on. All members see all frames, so the reserved
 * value of a frame's header says which session, and which generation of the edge with it, a packet is for. To close an
 * edge is to say so on the link stream; streams stay, as other edges may use them.
 */
package io.aeromesh.aeron;
