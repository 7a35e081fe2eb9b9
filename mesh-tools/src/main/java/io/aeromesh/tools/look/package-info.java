/**
 * What the nodes of this host tell, look after look: rates, distributions of times, and the two ends of edges. For all
 * commands that show them.
 */
package io.aeromesh.tools.look;
