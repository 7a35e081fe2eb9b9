/**
 * Reliable sessions over packets that may be lost, repeated or reordered by changes of path.
 * <p>
 * A channel end writes records into a {@link io.aeromesh.internal.session.SendStream}, a ring that is also the
 * retransmission buffer. The agent cuts that stream into packets wherever it likes, as each is a range of bytes at a
 * position; hops may cut them again. The other agent puts each range at its position in a
 * {@link io.aeromesh.internal.session.ReceiveStream}, in any order, and the application reads records there in place.
 * <p>
 * The two streams are all that application and agent threads share, beside one status word each way.
 */
package io.aeromesh.internal.session;
