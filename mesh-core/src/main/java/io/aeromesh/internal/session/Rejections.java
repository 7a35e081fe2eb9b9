package io.aeromesh.internal.session;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.RejectReason;

/**
 * Why an Open can not become a session, for the two ends to report. Stateless.
 */
final class Rejections
{
    private Rejections()
    {
    }

    /**
     * Checks what a peer declares before any of it is used.
     *
     * @return why the Open is rejected, or null.
     */
    static RejectReason check(final OpenDecoder open, final SessionOwner owner, final int windowLengthMax)
    {
        final long windowLength = open.windowLength();
        final long startPosition = open.startPosition();
        if (open.schemaFingerprint() != owner.schemaFingerprint())
        {
            return RejectReason.SCHEMA_MISMATCH;
        }
        final boolean isWindow = Long.bitCount(windowLength) == 1 && windowLength >= StreamRecord.ALIGNMENT &&
            windowLength <= windowLengthMax;
        final boolean isPosition = startPosition >= 0 && (startPosition & (StreamRecord.ALIGNMENT - 1)) == 0;
        return isWindow && isPosition ? null : RejectReason.WINDOW_TOO_LARGE;
    }

    /**
     * The error at the end that rejects.
     *
     * @param local  fingerprint or limit here.
     * @param remote what the Open carried.
     */
    static MeshException here(
        final RejectReason reason, final Session session, final long local, final long remote)
    {
        return reason == RejectReason.SCHEMA_MISMATCH ? schemaMismatch(session, local, remote) :
            new MeshException(ErrorCode.WINDOW_TOO_LARGE, "channel '" + session.owner().channelName() + "' of '" +
                session.peer().name() + "' has windowLength=" + remote + ", this node allows windowLengthMax=" +
                local);
    }

    /**
     * The error at the end that was rejected.
     *
     * @param ours   what our Open carried.
     * @param theirs fingerprint or limit at the peer.
     */
    static MeshException there(
        final RejectReason reason, final Session session, final long ours, final long theirs)
    {
        final String name = session.owner().channelName();
        final String peer = session.peer().name();
        return switch (reason)
        {
            case SCHEMA_MISMATCH -> schemaMismatch(session, ours, theirs);
            case WINDOW_TOO_LARGE -> new MeshException(ErrorCode.WINDOW_TOO_LARGE, "channel '" + name +
                "': windowLength=" + ours + " here, '" + peer + "' allows windowLengthMax=" + theirs);
            default -> new MeshException(
                ErrorCode.TABLE_FULL, "channel '" + name + "': " + reason + " at '" + peer + "', limit=" + theirs);
        };
    }

    private static MeshException schemaMismatch(final Session session, final long local, final long remote)
    {
        return new MeshException(ErrorCode.SCHEMA_MISMATCH, "channel '" + session.owner().channelName() +
            "': schema fingerprint here is " + Long.toHexString(local) + ", at '" + session.peer().name() + "' it is " +
            Long.toHexString(remote));
    }
}
