/**
 * Benchmarks, each beside what it is to be compared with. Nothing depends on this module.
 */
package io.aeromesh.bench;
