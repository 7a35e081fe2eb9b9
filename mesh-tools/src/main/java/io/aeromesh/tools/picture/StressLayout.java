package io.aeromesh.tools.picture;

/**
 * Places nodes so that the distance of two on paper is as near as may be to the way along the edges between them, by
 * majorization of the stress: each round moves every node to where the others together want it, which never makes the
 * weighted sum of squared errors larger. Neighbours count for more, the more edges they have, as else those of a node
 * with many would fill the disc around it rather than stand in a ring. Then nodes that lie over each other are pushed
 * apart. The same graph gives the same picture.
 */
final class StressLayout
{
    private static final int ROUNDS = 300;
    private static final int PUSHES = 200;
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
    private static final double NEAR = 1e-6;
    /** Of the spiral that the nodes start from. */
    private static final double START = 100;
    /** Between parts that are not joined, of the longest way within one. */
    private static final double APART = 1.2;

    private final double[][] wanted;
    private final double[][] weights;
    private final double[] x;
    private final double[] y;

    private StressLayout(final double[][] lengths)
    {
        final int count = lengths.length;
        wanted = waysBetween(lengths);
        weights = weights(lengths, wanted);
        x = new double[count];
        y = new double[count];
        for (int i = 0; i < count; i++)
        {
            final double radius = START * Math.sqrt(i);
            x[i] = radius * Math.cos(i * GOLDEN_ANGLE);
            y[i] = radius * Math.sin(i * GOLDEN_ANGLE);
        }
    }

    /**
     * Moves boxes to their places; the left and upper edge of all is at 0.
     *
     * @param boxes   of the nodes, with their sizes.
     * @param lengths of the edges on paper, from each node to each; infinite where there is none.
     * @param margin  between boxes.
     */
    static void place(final Box[] boxes, final double[][] lengths, final double margin)
    {
        if (boxes.length == 0)
        {
            return;
        }
        final StressLayout layout = new StressLayout(lengths);
        for (int round = 0; round < ROUNDS; round++)
        {
            layout.majorize();
        }
        for (int i = 0; i < boxes.length; i++)
        {
            boxes[i] = boxes[i].movedBy(layout.x[i] - boxes[i].x(), layout.y[i] - boxes[i].y());
        }
        pushApart(boxes, margin);
        moveToOrigin(boxes);
    }

    /**
     * The shortest way from each to each, by Floyd and Warshall. Parts that are not joined lie somewhat further away
     * than any two that are.
     */
    private static double[][] waysBetween(final double[][] lengths)
    {
        final int count = lengths.length;
        final double[][] ways = new double[count][];
        for (int i = 0; i < count; i++)
        {
            ways[i] = lengths[i].clone();
            ways[i][i] = 0;
        }
        double longest = 1;
        for (int over = 0; over < count; over++)
        {
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    ways[i][j] = Math.min(ways[i][j], ways[i][over] + ways[over][j]);
                }
            }
        }
        for (final double[] row : ways)
        {
            for (final double way : row)
            {
                longest = way < Double.POSITIVE_INFINITY ? Math.max(longest, way) : longest;
            }
        }
        for (final double[] row : ways)
        {
            for (int j = 0; j < count; j++)
            {
                row[j] = row[j] < Double.POSITIVE_INFINITY ? row[j] : longest * APART;
            }
        }
        return ways;
    }

    private static double[][] weights(final double[][] lengths, final double[][] wanted)
    {
        final int count = lengths.length;
        final int[] degrees = new int[count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                degrees[i] += lengths[i][j] < Double.POSITIVE_INFINITY ? 1 : 0;
            }
        }
        final double[][] weights = new double[count][count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                final double square = wanted[i][j] * wanted[i][j];
                final boolean isEdge = lengths[i][j] < Double.POSITIVE_INFINITY;
                weights[i][j] = i == j ? 0 : (isEdge ? Math.max(degrees[i], degrees[j]) : 1) / square;
            }
        }
        return weights;
    }

    private void majorize()
    {
        for (int i = 0; i < x.length; i++)
        {
            double sumX = 0;
            double sumY = 0;
            double sum = 0;
            for (int j = 0; j < x.length; j++)
            {
                final double dx = x[i] - x[j];
                final double dy = y[i] - y[j];
                final double distance = Math.max(NEAR, Math.hypot(dx, dy));
                final double weight = weights[i][j];
                sumX += weight * (x[j] + dx * wanted[i][j] / distance);
                sumY += weight * (y[j] + dy * wanted[i][j] / distance);
                sum += weight;
            }
            if (sum > 0)
            {
                x[i] = sumX / sum;
                y[i] = sumY / sum;
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
