/**
 * Whole nodes in one thread, under a virtual clock and a seed.
 */
package io.aeromesh.sim;
