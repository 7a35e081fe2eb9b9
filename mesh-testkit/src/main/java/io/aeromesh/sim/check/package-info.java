/**
 * One idea: what must hold while whole nodes run, each rule in a class of its own that watches from outside.
 */
package io.aeromesh.sim.check;
