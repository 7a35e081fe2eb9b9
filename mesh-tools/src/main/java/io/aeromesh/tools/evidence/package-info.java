/**
 * What workers were told and what they got, in mapped files: a process that is killed between any two instructions has
 * still written what it had done. Read and judged by another process.
 */
package io.aeromesh.tools.evidence;
