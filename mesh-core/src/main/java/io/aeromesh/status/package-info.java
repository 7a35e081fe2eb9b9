/**
 * What a node tells of itself: counters, distinct errors, recent events and times, in one memory that can be read from
 * outside without disturbing it.
 */
package io.aeromesh.status;
