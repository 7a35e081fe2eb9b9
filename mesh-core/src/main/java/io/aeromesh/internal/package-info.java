/**
 * The works of a node: nothing below this package is for users.
 */
package io.aeromesh.internal;
