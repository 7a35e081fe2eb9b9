/**
 * Ways to lay out the memory of a direct channel, each as small as it can be, side by side: the ones that were not
 * chosen are evidence for the one that was. What each costs is in decision record 0007.
 */
package io.aeromesh.bench.layout;
