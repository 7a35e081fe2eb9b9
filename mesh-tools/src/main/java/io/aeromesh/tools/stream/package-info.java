/**
 * Standard input to a channel, and a channel to standard output: what {@code mesh send} and {@code mesh recv} do.
 */
package io.aeromesh.tools.stream;
