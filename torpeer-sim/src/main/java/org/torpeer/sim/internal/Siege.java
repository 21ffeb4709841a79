package org.torpeer.sim.internal;

import java.util.List;
import java.util.function.Predicate;
import org.torpeer.api.PeerId;

/**
 * What an adversary has achieved.
 *
 * @param surrounded how many nodes have sessions that they dialed, all of them with malicious peers
 * @param eclipsed how many of these would after a restart connect with malicious peers alone, too, since nobody else is
 *     among the tried ones of their books
 * @param partners how many tried peers there are in all books together
 * @param malicious of the tried peers in all books, the share that is malicious
 */
record Siege(int surrounded, int eclipsed, long partners, double malicious) {
    static final Siege NONE = new Siege(0, 0, 0, 0);

    static Siege of(List<SimulatedNode> nodes, Predicate<PeerId> isMalicious) {
        int surrounded = 0;
        int eclipsed = 0;
        long partners = 0;
        long malicious = 0;
        for (SimulatedNode node : nodes) {
            List<PeerId> known = node.partners();
            List<PeerId> dialed = node.dialed();
            long bad = known.stream().filter(isMalicious).count();
            partners += known.size();
            malicious += bad;
            if (!dialed.isEmpty() && dialed.stream().allMatch(isMalicious)) {
                surrounded++;
                eclipsed += bad == known.size() ? 1 : 0;
            }
        }
        return new Siege(surrounded, eclipsed, partners, partners == 0 ? 0 : (double) malicious / partners);
    }
}
