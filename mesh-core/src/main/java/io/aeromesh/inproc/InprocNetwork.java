package io.aeromesh.inproc;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.Parking;
import java.util.HashMap;
import java.util.Map;

/**
 * The links of one network of threads. Two networks know nothing of each other, so that a simulator has its own.
 * <p>
 * <b>Threading:</b> any thread. Its lock is taken when an end joins, leaves, or is ready for a new generation, never
 * by a message.
 */
public final class InprocNetwork
{
    private final Map<String, InprocLink> links = new HashMap<>();
    private final InprocPlaces places = new InprocPlaces();

    /**
     * A network without links.
     */
    public InprocNetwork()
    {
    }

    InprocPlaces places()
    {
        return places;
    }

    /**
     * Number of links that have an end. For tests and for people.
     */
    public synchronized int linkCount()
    {
        return links.size();
    }

    synchronized InprocLink.End join(final InprocEdgeConfig config, final String nodeName, final Parking parking)
    {
        final InprocLink link = links.computeIfAbsent(config.link(), name -> new InprocLink(this, config));
        if (null != link.first && null != link.second)
        {
            throw new MeshException(ErrorCode.LINK_TAKEN, "link '" + config.link() + "' joins '" +
                link.first.nodeName + "' and '" + link.second.nodeName + "', so '" + nodeName + "' can not attach");
        }
        if (link.dataLength != config.dataLength() || link.controlLength != config.controlLength())
        {
            throw new MeshException(ErrorCode.EDGE_REFUSED, "link '" + config.link() + "' has other lengths: '" +
                link.holder().nodeName + "' has dataLength=" + link.dataLength + ", controlLength=" +
                link.controlLength + ", '" + nodeName + "' has dataLength=" + config.dataLength() +
                ", controlLength=" + config.controlLength());
        }

        final InprocLink.End end = new InprocLink.End(link, nodeName, parking);
        if (null == link.first)
        {
            link.first = end;
        }
        else
        {
            link.second = end;
        }
        return end;
    }

    /**
     * Takes an end away and ends its generation, at once: between the two the peer could begin another one with it.
     */
    synchronized void leave(final InprocLink.End end, final String reason)
    {
        final InprocLink link = end.link;
        if (null != end.generation)
        {
            end.generation.life().end(reason);
            link.wake();
        }
        if (link.first == end)
        {
            link.first = null;
        }
        else if (link.second == end)
        {
            link.second = null;
        }
        if (null == link.first && null == link.second)
        {
            links.remove(link.name, link);
        }
    }

    synchronized void ready(final InprocLink.End end)
    {
        end.isReady = true;
        final InprocLink link = end.link;
        if (null != link.first && null != link.second && link.first.isReady && link.second.isReady)
        {
            link.first.isReady = false;
            link.second.isReady = false;
            link.nextGeneration();
            link.wake();
        }
    }
}
