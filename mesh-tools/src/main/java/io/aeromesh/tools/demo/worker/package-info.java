/**
 * The demo's child processes: a node or a media driver each, with a workload, commanded by lines on standard input.
 */
package io.aeromesh.tools.demo.worker;
