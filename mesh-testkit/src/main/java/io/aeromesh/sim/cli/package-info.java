/**
 * One idea: the command {@code mesh simulate}.
 */
package io.aeromesh.sim.cli;
