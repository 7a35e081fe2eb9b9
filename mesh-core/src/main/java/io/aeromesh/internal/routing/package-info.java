/**
 * Routing: a feasibility-conditioned, sequenced distance vector without timers.
 */
package io.aeromesh.internal.routing;
