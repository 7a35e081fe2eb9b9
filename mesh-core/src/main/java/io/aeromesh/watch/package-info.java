/**
 * Reads from outside what nodes tell of themselves, also those that have crashed, by their files alone.
 */
package io.aeromesh.watch;
