/**
 * One idea: what a fuzz target needs, which lies in the package of what it tests: its input taken apart, and a bound on
 * what it may allocate. The targets know nothing of the fuzzer.
 */
package io.aeromesh.fuzz;
