package io.aeromesh.system;

import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * A process that talks by leases until it is killed or gets a first line of input. Arguments: base directory, own name,
 * peer's name, seed.
 */
final class LeasePeerMain
{
    private static final int TURNS = 100;

    private LeasePeerMain()
    {
    }

    public static void main(final String[] args) throws IOException
    {
        try (LeaseTalk talk = new LeaseTalk(Path.of(args[0]), args[1], args[2], Long.parseLong(args[3])))
        {
            final IdleStrategy idle = new BackoffIdleStrategy();
            while (System.in.available() == 0)
            {
                int work = talk.node.doWork();
                for (int i = 0; i < TURNS; i++)
                {
                    work += talk.talk();
                }
                idle.idle(work);
            }
        }
    }
}
