package io.aeromesh.tools.picture;

/**
 * A rectangle by its centre.
 */
record Box(double x, double y, double width, double height)
{
    double left()
    {
        return x - width / 2;
    }

    double top()
    {
        return y - height / 2;
    }

    Box movedBy(final double dx, final double dy)
    {
        return new Box(x + dx, y + dy, width, height);
    }

    /**
     * How far the two lie over each other along x; negative: that far apart.
     */
    double overlapX(final Box other)
    {
        return (width + other.width) / 2 - Math.abs(x - other.x);
    }

    /**
     * The same along y.
     */
    double overlapY(final Box other)
    {
        return (height + other.height) / 2 - Math.abs(y - other.y);
    }

    /**
     * What both cover; 0: nothing.
     */
    double sharedArea(final Box other)
    {
        return Math.max(0, overlapX(other)) * Math.max(0, overlapY(other));
    }
}
