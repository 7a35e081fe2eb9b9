/**
 * One idea: what a hostile process may write to, or send to, the classes of this package's name elsewhere.
 */
package io.aeromesh.internal.peers;
