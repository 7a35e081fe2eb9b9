/**
 * One idea: a world that is drawn from a seed, of nodes, links, faults and applications; it runs under faults, where
 * nothing wrong may happen, and is then healed, whereupon everything owed must happen.
 */
package io.aeromesh.sim.world;
