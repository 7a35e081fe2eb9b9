/**
 * One idea: a whole node beside a hostile neighbour and an honest one. What the neighbour says is made of messages as
 * they should be, so that deep states are reached, changed in places and mixed with any bytes.
 */
package io.aeromesh.fuzz.node;
