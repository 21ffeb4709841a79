package org.torpeer.proto;

import org.jspecify.annotations.Nullable;
import org.torpeer.api.SignedPeerRecord;

/**
 * Who the dialer says it is.
 *
 * @param record the dialer's own, null if it stays anonymous
 */
public record ClientClaim(@Nullable SignedPeerRecord record) {}
