/**
 * Draws the mesh: a layout of our own and SVG, so that nothing has to be installed.
 */
package io.aeromesh.tools.picture;
