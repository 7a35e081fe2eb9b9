/**
 * What nodes say to each other: names and ids, and the packet header; SBE generates the rest into {@code codec}.
 */
package io.aeromesh.protocol;
