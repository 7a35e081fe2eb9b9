/**
 * Real processes that send to each other while they are killed, stopped, cut off and starved, and the judgement of what
 * they have written down. Nothing here is a member of the mesh; the workers are.
 */
package io.aeromesh.tools.torture;
