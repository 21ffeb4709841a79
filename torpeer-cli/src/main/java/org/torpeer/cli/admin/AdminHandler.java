package org.torpeer.cli.admin;

import java.util.Map;

/** Does what is asked of a running node. Called by several threads; may block. */
@FunctionalInterface
public interface AdminHandler {
    /**
     * @param request a JSON object; its {@code command} says what is asked
     * @return what is to be told, without errors
     * @throws org.torpeer.api.TorPeerException if it cannot be done; its message is told
     */
    Map<String, Object> answer(Map<String, Object> request);
}
