/**
 * One idea: a single-producer single-consumer ring of variable-length records over any memory that two threads or
 * two processes share, and the lanes and edges that transports build of four such rings. The consumer trusts no byte
 * of the ring before it has checked a private copy of it.
 */
package io.aeromesh.ring;
