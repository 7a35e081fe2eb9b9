/**
 * Looks at this machine as the mesh will find it: each check says what was found and what to do about it, and changes
 * nothing.
 */
package io.aeromesh.tools.doctor;
