/**
 * The command {@code mesh bench}: what is asked for, and the processes that answer it. This process measures nothing
 * itself: each row has a JVM of its own, or two, so that no row profits or suffers from what ran before it.
 */
package io.aeromesh.bench.cli;
