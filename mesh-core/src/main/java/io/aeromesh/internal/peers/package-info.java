/**
 * Keeps a node with a place in the mesh: learns where others are, chooses whom to dial and whom to leave, and remembers
 * them over a restart.
 * <p>
 * Each node tells its neighbours its own address and those of some nodes that it has routes to, so that what is told is
 * alive; who has too few neighbours dials one that it does not have yet. A node that has more than twice as many as it
 * wants is left by those of them that have enough others. What is known and not reached by routes is dialled now and
 * then too, as it may be the other half of a mesh that fell apart. State, not a queue: a message has what fits.
 */
package io.aeromesh.internal.peers;
