/**
 * One idea: what two threads may see of the classes of this package's name in the core, under every order of their
 * steps that the machine shows. Run by the command in CONTRIBUTING.
 */
package io.aeromesh.os;
