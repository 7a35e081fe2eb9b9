/**
 * Links: edges whose peer has named itself. The handshake, liveness and cost of one edge generation, and the tables of
 * what was discarded on the way.
 */
package io.aeromesh.internal.link;
