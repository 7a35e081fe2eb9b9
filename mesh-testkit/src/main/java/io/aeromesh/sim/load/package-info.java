/**
 * One idea: applications of a simulated world, which outlive their nodes, and write down what they were promised and
 * given.
 */
package io.aeromesh.sim.load;
