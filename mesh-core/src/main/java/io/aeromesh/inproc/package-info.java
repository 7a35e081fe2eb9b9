/**
 * One idea: nodes that are threads of one JVM, joined by the name of a link. It is also the transport of the
 * simulator, for which a network is an object and not a place in the process.
 */
package io.aeromesh.inproc;
