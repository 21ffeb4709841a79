package org.torpeer.sim.internal;

import java.util.List;
import java.util.function.Predicate;
import org.torpeer.api.PeerId;

/**
 * What an adversary has achieved.
 *
 * @param eclipsed how many nodes have sessions that they dialed, all of them with malicious peers, and would after a
 *     restart connect with malicious peers alone, since nobody else is among the tried ones of their books
 * @param malicious of the tried peers in all books, the share that is malicious
 */
record Siege(int eclipsed, double malicious) {
    static final Siege NONE = new Siege(0, 0);

    static Siege of(List<SimulatedNode> nodes, Predicate<PeerId> isMalicious) {
        int eclipsed = 0;
        long partners = 0;
        long malicious = 0;
        for (SimulatedNode node : nodes) {
            List<PeerId> known = node.partners();
            List<PeerId> dialed = node.dialed();
            long bad = known.stream().filter(isMalicious).count();
            partners += known.size();
            malicious += bad;
            if (!dialed.isEmpty() && bad == known.size() && dialed.stream().allMatch(isMalicious)) {
                eclipsed++;
            }
        }
        return new Siege(eclipsed, partners == 0 ? 0 : (double) malicious / partners);
    }
}
