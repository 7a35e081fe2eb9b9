/**
 * Child processes of the demo and the torture: a node or a media driver each, with a workload, commanded by lines on
 * standard input.
 */
package io.aeromesh.tools.worker;
