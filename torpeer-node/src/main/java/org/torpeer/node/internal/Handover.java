package org.torpeer.node.internal;

import org.jspecify.annotations.Nullable;
import org.torpeer.api.SignedPeerRecord;

/**
 * What we have of the key before ours.
 *
 * @param record its last record, which names us; null if there was no key before, or its record has expired
 */
record Handover(@Nullable SignedPeerRecord record) {}
