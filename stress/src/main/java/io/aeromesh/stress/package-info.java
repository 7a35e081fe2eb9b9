/**
 * One idea: messages that show when they are torn, for the tests of memory order, each of which lies in the package of
 * what it tests.
 */
package io.aeromesh.stress;
