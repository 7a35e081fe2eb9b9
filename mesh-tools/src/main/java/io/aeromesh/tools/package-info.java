/**
 * The command line: the one place that knows all modules and puts them together.
 */
package io.aeromesh.tools;
