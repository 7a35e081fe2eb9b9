/**
 * The demo: real node processes on this host, killed, stopped and replaced while what they send is counted. Nothing
 * here is a member of the mesh; the workers are.
 */
package io.aeromesh.tools.demo;
