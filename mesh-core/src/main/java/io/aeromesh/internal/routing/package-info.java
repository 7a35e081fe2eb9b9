/**
 * Routing: a feasibility-conditioned, sequenced distance vector without timers, after the Babel protocol
 * (J. Chroboczek and D. Schinazi, RFC 8966, 2021, sections 3.5 to 3.8), which takes its feasibility condition from
 * EIGRP's DUAL (J. J. Garcia-Luna-Aceves, "Loop-Free Routing Using Diffusing Computations", 1993) and its sequence
 * numbers from DSDV (C. Perkins and P. Bhagwat, 1994). The timers are gone because edges are reliable and ordered
 * within a generation: what was sent arrives, or the edge goes down.
 *
 * <h2>No loop at any instant</h2>
 * For one destination write (e, m) for an epoch and a metric, and call (e, m) better than (e', m') if e is newer, or
 * e = e' and m &lt; m'. The feasibility distance FD(n) of node n is the best pair that n has advertised; it is brought
 * up to date in the same step in which {@link io.aeromesh.internal.routing.RoutingTable#flush} hands a packet out.
 * <ol>
 * <li><b>FD(n) is at least as good as whatever any neighbour holds of n's.</b> A neighbour holds what n flushed into
 * the present generation of their edge, and FD(n) took notice of that; FD(n) only gets better, until it is forgotten.
 * It is forgotten when every neighbour has acknowledged the retraction of all that n flushed, so that none holds
 * anything. What came over an older generation was dropped when that edge went down, and packets sent into an edge
 * that is down at the other end go nowhere; so a restarted node, which remembers nothing, is a new vertex.</li>
 * <li><b>A next hop's pair is always better than FD(n).</b> It was at selection, which is repeated whenever the
 * pair changes; and when n advertises (e, m + cost), cost at least 1, FD(n) at best becomes that, which is worse
 * than (e, m).</li>
 * <li>So along each hop from n to its next hop k: FD(k), which is no worse than the pair that n holds of k's, is
 * strictly better than FD(n). Round a cycle FD would be strictly better than itself.</li>
 * </ol>
 * Which feasible neighbour is chosen, and when packets are flushed or arrive, does not enter the argument.
 *
 * <h2>Shortest paths in the end</h2>
 * A node for which an infeasible advertisement would be better than what it has asks for the next sequence. Such a
 * request is state (the wanted epoch of a destination), kept by each node on its way and repeated to whoever changes
 * its advertisement, until the epoch arrives. Within one epoch and with costs that stay, metrics only fall, so a new
 * epoch settles on shortest paths and causes no further request.
 *
 * <h2>Forgetting</h2>
 * A forgotten distance may let a stale route follow its own retraction around a ring of nodes that have all forgotten
 * the destination, counting up. It ends when the retraction catches up or the metric reaches its maximum; a bounded
 * memory of distances ({@link io.aeromesh.internal.routing.RoutingConfig#rememberedDistances()}) ends it at the
 * second round.
 *
 * <h2>Names</h2>
 * See {@link io.aeromesh.internal.routing.LocalName} for how a node tells a stale route to its former instance from a
 * live node with its name.
 */
package io.aeromesh.internal.routing;
