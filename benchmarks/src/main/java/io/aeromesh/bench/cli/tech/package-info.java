/**
 * What is measured: one class per technology, all behind {@link io.aeromesh.bench.cli.tech.Technology}.
 */
package io.aeromesh.bench.cli.tech;
