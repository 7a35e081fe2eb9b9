/**
 * What a transport implements: it turns edge configurations into edges, two ordered lanes to one neighbour.
 */
package io.aeromesh.spi;
