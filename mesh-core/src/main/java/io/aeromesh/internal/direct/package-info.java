/**
 * One idea: two channel ends in one piece of memory. Each direction has a ring; both share one hot line, which belongs
 * to the end that last received in it, so that a question and its answer move a single cache line.
 * <p>
 * Plain memory is all that is needed here; who makes, maps and frees it is not known.
 */
package io.aeromesh.internal.direct;
