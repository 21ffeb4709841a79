package org.torpeer.node.internal;

import java.util.List;
import org.torpeer.api.SignedPeerRecord;

/**
 * What we have of the keys before ours.
 *
 * @param records their last ones, which name us and had not expired when we started
 */
record Handover(List<SignedPeerRecord> records) {}
