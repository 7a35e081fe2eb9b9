/**
 * Worker processes, seen from the command that starts them: begun, asked, signalled and waited for within bounds.
 */
package io.aeromesh.tools.process;
