/**
 * Counters and errors of a node, readable from any thread without disturbing it.
 */
package io.aeromesh.status;
