/**
 * The only place that reads a clock, makes a thread, draws a random number or lets an agent sleep, so that a whole
 * node runs under a virtual clock and a seed.
 */
package io.aeromesh.os;
