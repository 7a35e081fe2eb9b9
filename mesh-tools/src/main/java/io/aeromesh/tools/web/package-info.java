/**
 * A port on which something is shown to browsers and scrapers: had, or not and why.
 */
package io.aeromesh.tools.web;
