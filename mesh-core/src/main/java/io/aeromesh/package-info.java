/**
 * What users of a mesh see: nodes, channels, their configuration and their reports.
 */
package io.aeromesh;
