/**
 * One idea: what the first lap over shared memory costs, by how its pages were made ready.
 */
package io.aeromesh.bench.memory;
