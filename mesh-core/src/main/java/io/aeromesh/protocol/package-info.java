/**
 * What travels on an edge: the packet header, node ids, and the generated codecs in {@code codec}.
 */
package io.aeromesh.protocol;
