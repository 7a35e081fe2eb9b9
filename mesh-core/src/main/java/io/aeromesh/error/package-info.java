/**
 * Errors: a catalogue of codes with an action and a remedy each, and the exception that carries them.
 */
package io.aeromesh.error;
