package io.aeromesh.error;

/**
 * An operating error: something that the user, the configuration or the machine can mend.
 */
public final class MeshException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String finding;

    /**
     * @param code    from the catalogue.
     * @param message with the values found and the limits.
     */
    public MeshException(final ErrorCode code, final String message)
    {
        this(code, message, null);
    }

    /**
     * @param code    from the catalogue.
     * @param message with the values found and the limits.
     * @param cause   below it.
     */
    public MeshException(final ErrorCode code, final String message, final Throwable cause)
    {
        super(code.id() + " " + code + ": " + message + ". " + code.remedy(), cause);
        this.code = code;
        finding = message;
    }

    /**
     * The entry of the catalogue.
     */
    public ErrorCode code()
    {
        return code;
    }

    /**
     * What was found, without the code before it and the remedy behind.
     */
    public String finding()
    {
        return finding;
    }
}
