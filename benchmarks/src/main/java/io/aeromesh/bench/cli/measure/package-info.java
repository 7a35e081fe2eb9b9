/**
 * How anything is measured: a lead end that keeps the time, a peer end that answers, and the bare cache line before and
 * after. Knows nothing of what is measured.
 */
package io.aeromesh.bench.cli.measure;
