/**
 * What passes everything on to another, so that a fake changes the one thing that it is about.
 */
package io.aeromesh.fake;
