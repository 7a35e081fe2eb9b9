package io.aeromesh.tools.picture;

/**
 * From one box's centre to another's, bent aside.
 *
 * @param from where it begins.
 * @param to   where it ends.
 * @param bend how far its control point is beside the middle; 0: a straight line.
 */
record Curve(Box from, Box to, double bend)
{
    private static final int STEPS = 32;

    double controlX()
    {
        return (from.x() + to.x()) / 2 - (to.y() - from.y()) / length() * bend;
    }

    double controlY()
    {
        return (from.y() + to.y()) / 2 + (to.x() - from.x()) / length() * bend;
    }

    private double length()
    {
        return Math.max(1, Math.hypot(to.x() - from.x(), to.y() - from.y()));
    }

    /**
     * @param part of the way, from 0 to 1.
     */
    double x(final double part)
    {
        return at(from.x(), controlX(), to.x(), part);
    }

    /**
     * @param part of the way, from 0 to 1.
     */
    double y(final double part)
    {
        return at(from.y(), controlY(), to.y(), part);
    }

    private static double at(final double begin, final double control, final double end, final double part)
    {
        final double left = 1 - part;
        return left * left * begin + 2 * left * part * control + part * part * end;
    }

    /**
     * How much of it lies behind a box.
     */
    int stepsBehind(final Box box)
    {
        int steps = 0;
        for (int i = 1; i < STEPS; i++)
        {
            final double part = (double)i / STEPS;
            steps += box.sharedArea(new Box(x(part), y(part), 1, 1)) > 0 ? 1 : 0;
        }
        return steps;
    }
}
