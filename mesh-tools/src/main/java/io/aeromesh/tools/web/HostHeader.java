package io.aeromesh.tools.web;

import java.util.regex.Pattern;

/**
 * Tells requests that were meant for this machine from those of a page elsewhere whose name was made to point here (DNS
 * rebinding). Such a page is always called by a name, so addresses are let in, and {@code localhost}, which browsers
 * resolve themselves; with any port, as a tunnel may have another.
 */
public final class HostHeader
{
    private static final String PORT = "(:\\d{1,5})?";
    private static final Pattern ALLOWED = Pattern.compile(
        "(?i)(localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]{2,45}(%[0-9a-z._-]{1,32})?])" + PORT);

    private HostHeader()
    {
    }

    /**
     * Whether to answer.
     *
     * @param host value of the header, or null without one.
     */
    public static boolean isAllowed(final String host)
    {
        return host != null && ALLOWED.matcher(host).matches();
    }
}
