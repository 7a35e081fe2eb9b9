package io.aeromesh.tools.option;

import io.aeromesh.NodeConfig;

/**
 * How many contexts a host allows.
 */
public final class ContextsConverter extends RangeConverter
{
    public ContextsConverter()
    {
        super(1, NodeConfig.CONTEXTS_LIMIT, "number of contexts from 1 to " + NodeConfig.CONTEXTS_LIMIT);
    }
}
