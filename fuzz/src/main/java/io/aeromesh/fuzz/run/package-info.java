/**
 * One idea: the targets under the fuzzer, each in a process of its own: a bout of so many seconds for each, what it ran
 * and found, and the inputs that are worth keeping.
 */
package io.aeromesh.fuzz.run;
