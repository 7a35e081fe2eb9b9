/**
 * Values on the command line, each checked and refused in one way by all commands.
 */
package io.aeromesh.tools.option;
