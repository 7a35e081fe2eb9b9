/**
 * One idea: what every implementation of an SPI must do, as abstract test classes that its own tests extend.
 */
package io.aeromesh.contract;
