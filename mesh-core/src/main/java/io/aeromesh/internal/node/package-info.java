/**
 * The node agent: polls links, passes packets on or hands them to sessions, and answers commands of the application.
 */
package io.aeromesh.internal.node;
