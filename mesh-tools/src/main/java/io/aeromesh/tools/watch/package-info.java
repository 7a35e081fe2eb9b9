/**
 * Commands that watch nodes from outside, by their files alone: counters, errors, events, times.
 */
package io.aeromesh.tools.watch;
