/**
 * One idea: a block of shared memory has one word that says whose it is, changed by compare-and-set alone, so that the
 * death of any process between any two steps leaves a word from which the block's owner knows what to do.
 */
package io.aeromesh.internal.lease;
