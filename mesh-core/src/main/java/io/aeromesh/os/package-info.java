/**
 * The only place that reads a clock, makes a thread or draws a random number, so that a whole node runs under a
 * virtual clock and a seed.
 */
package io.aeromesh.os;
