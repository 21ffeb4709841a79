package org.torpeer.api;

import java.util.concurrent.CompletionStage;

/** Answers requests of one protocol. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Called on the node's event loop: must not block. A stage that fails, or a throw, is answered with
     * {@link RequestException.Reason#HANDLER_FAILED}; the text of the failure stays here.
     *
     * @param from the authenticated sender
     * @param body at most {@link Node#MAX_BODY_BYTES}
     * @return the answer, at most {@link Node#MAX_BODY_BYTES}
     */
    CompletionStage<byte[]> answer(PeerId from, byte[] body);
}
