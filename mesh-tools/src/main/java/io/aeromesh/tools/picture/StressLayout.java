package io.aeromesh.tools.picture;

/**
 * Places nodes so that the distance of two on paper is as near as may be to the hops between them, by majorization of
 * the stress: each round moves every node to where the others together want it, which never makes the sum of squared
 * errors larger. Then nodes that lie over each other are pushed apart. The same graph gives the same picture.
 */
final class StressLayout
{
    private static final int ROUNDS = 300;
    private static final int PUSHES = 200;
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
    private static final double NEAR = 1e-6;

    private StressLayout()
    {
    }

    /**
     * Moves boxes to their places; the left and upper edge of all is at 0.
     *
     * @param boxes  of the nodes, with their sizes.
     * @param hops   from each to each, or {@link Graph#UNREACHABLE}.
     * @param hop    length of one on paper.
     * @param margin between boxes.
     */
    static void place(final Box[] boxes, final int[][] hops, final double hop, final double margin)
    {
        final int count = boxes.length;
        final double[] x = new double[count];
        final double[] y = new double[count];
        for (int i = 0; i < count; i++)
        {
            final double radius = hop * Math.sqrt(i);
            x[i] = radius * Math.cos(i * GOLDEN_ANGLE);
            y[i] = radius * Math.sin(i * GOLDEN_ANGLE);
        }
        final double[][] wanted = wanted(hops, hop);
        for (int round = 0; round < ROUNDS; round++)
        {
            majorize(x, y, wanted);
        }
        for (int i = 0; i < count; i++)
        {
            boxes[i] = boxes[i].movedBy(x[i] - boxes[i].x(), y[i] - boxes[i].y());
        }
        pushApart(boxes, margin);
        moveToOrigin(boxes);
    }

    /**
     * Parts that are not joined lie a hop further away than any two that are.
     */
    private static double[][] wanted(final int[][] hops, final double hop)
    {
        int farthest = 1;
        for (final int[] row : hops)
        {
            for (final int one : row)
            {
                farthest = one == Graph.UNREACHABLE ? farthest : Math.max(farthest, one);
            }
        }
        final double[][] wanted = new double[hops.length][hops.length];
        for (int i = 0; i < hops.length; i++)
        {
            for (int j = 0; j < hops.length; j++)
            {
                wanted[i][j] = hop * (hops[i][j] == Graph.UNREACHABLE ? farthest + 1 : hops[i][j]);
            }
        }
        return wanted;
    }

    private static void majorize(final double[] x, final double[] y, final double[][] wanted)
    {
        for (int i = 0; i < x.length; i++)
        {
            double sumX = 0;
            double sumY = 0;
            double weights = 0;
            for (int j = 0; j < x.length; j++)
            {
                if (j != i)
                {
                    final double dx = x[i] - x[j];
                    final double dy = y[i] - y[j];
                    final double distance = Math.max(NEAR, Math.hypot(dx, dy));
                    final double weight = 1 / (wanted[i][j] * wanted[i][j]);
                    sumX += weight * (x[j] + dx * wanted[i][j] / distance);
                    sumY += weight * (y[j] + dy * wanted[i][j] / distance);
                    weights += weight;
                }
            }
            if (weights > 0)
            {
                x[i] = sumX / weights;
                y[i] = sumY / weights;
            }
        }
    }

    private static void pushApart(final Box[] boxes, final double margin)
    {
        boolean isMoved = true;
        for (int push = 0; push < PUSHES && isMoved; push++)
        {
            isMoved = false;
            for (int i = 0; i < boxes.length; i++)
            {
                for (int j = i + 1; j < boxes.length; j++)
                {
                    isMoved |= pushApart(boxes, i, j, margin);
                }
            }
        }
    }

    private static boolean pushApart(final Box[] boxes, final int i, final int j, final double margin)
    {
        final Box first = boxes[i];
        final Box second = boxes[j];
        final double overX = first.overlapX(second) + margin;
        final double overY = first.overlapY(second) + margin;
        if (overX <= NEAR || overY <= NEAR)
        {
            return false;
        }
        final boolean isAlongX = overX < overY;
        final double dx = isAlongX ? overX / 2 * (first.x() < second.x() ? 1 : -1) : 0;
        final double dy = isAlongX ? 0 : overY / 2 * (first.y() < second.y() ? 1 : -1);
        boxes[i] = first.movedBy(-dx, -dy);
        boxes[j] = second.movedBy(dx, dy);
        return true;
    }

    private static void moveToOrigin(final Box[] boxes)
    {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        for (final Box box : boxes)
        {
            left = Math.min(left, box.left());
            top = Math.min(top, box.top());
        }
        for (int i = 0; i < boxes.length; i++)
        {
            boxes[i] = boxes[i].movedBy(-left, -top);
        }
    }
}
