package org.torpeer.transport.tor.internal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows the uploads of one onion service. A service has two descriptors, for this time period and the next, and each goes
 * to several directories; clients may ask any of them for either. Tor announces all uploads of a descriptor before the
 * first is answered. Event format: Tor control protocol, section 4.1.25.
 */
final class Publication {
    private static final int DESCRIPTORS = 2;

    private final String serviceId;
    private final Set<String> descriptors = new HashSet<>();
    private int begun;
    private int uploaded;
    private int failed;

    Publication(String serviceId) {
        this.serviceId = serviceId;
    }

    synchronized void notice(String type, String message) {
        List<String> words = Arrays.asList(message.split(" ", -1));
        if (!type.equals("HS_DESC") || words.size() < 4 || !words.get(1).equals(serviceId)) {
            return;
        }
        switch (words.get(0)) {
            case "UPLOAD" -> begin(words);
            case "UPLOADED" -> uploaded++;
            case "FAILED" -> failed++;
            default -> {}
        }
    }

    /** Whether every upload of both descriptors has ended, and at least one well. */
    synchronized boolean isDone() {
        return descriptors.size() >= DESCRIPTORS && uploaded > 0 && uploaded + failed >= begun;
    }

    @Override
    public synchronized String toString() {
        return uploaded + " of " + begun + " uploads done, " + failed + " failed";
    }

    private void begin(List<String> words) {
        begun++;
        if (words.size() > 4 && descriptors.size() < DESCRIPTORS) {
            descriptors.add(words.get(4));
        }
    }
}
