/**
 * A local web page of the mesh, from the files that the nodes of this host keep of themselves and, where a host runs,
 * from a context that asks the mesh. One thread looks, whatever the number of those who watch.
 */
package io.aeromesh.tools.page;
