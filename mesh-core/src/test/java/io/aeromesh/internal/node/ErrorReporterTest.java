package io.aeromesh.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ErrorReporterTest
{
    private final List<MeshException> told = new ArrayList<>();
    private final ErrorReporter reporter =
        new ErrorReporter(new UnsafeBuffer(ByteBuffer.allocateDirect(8 * 1024)), () -> 1, new NodeListener()
        {
            @Override
            public void onError(final MeshException error)
            {
                told.add(error);
            }
        });

    @Test
    void shouldNotCallAPageThatIsNotThereADefect()
    {
        reporter.report(new InternalError("a fault occurred in an unsafe memory access operation"));
        reporter.report(new InternalError("something else"));
        reporter.report(new IllegalStateException("half-changed"));
        reporter.report(new MeshException(ErrorCode.EDGE_REFUSED, "by a peer"));

        assertEquals(List.of(ErrorCode.MEMORY_FAULT, ErrorCode.INVARIANT_BROKEN, ErrorCode.INVARIANT_BROKEN,
            ErrorCode.EDGE_REFUSED), told.stream().map(MeshException::code).toList());
    }
}
