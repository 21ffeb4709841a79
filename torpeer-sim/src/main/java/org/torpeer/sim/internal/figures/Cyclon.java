package org.torpeer.sim.internal.figures;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.torpeer.sim.internal.Selection;
import org.torpeer.transport.loopback.virtual.EventWheel;
import org.torpeer.transport.loopback.virtual.SeededRandom;

/**
 * Cyclon's enhanced shuffle (Voulgaris, Gavidia, van Steen, "CYCLON: Inexpensive membership management for unstructured
 * P2P overlays", 2005): once a cycle, each member swaps some of its neighbours with its oldest one.
 */
final class Cyclon {
    private static final long CYCLE = 1_000_000_000;
    /** So short that exchanges do not overlap, as in the experiments that published the figures. */
    private static final long LATENCY = 1_000;

    private final int members;
    private final int capacity;
    private final int shuffled;
    private final SeededRandom random;
    private final EventWheel wheel = new EventWheel();
    private final List<List<Neighbour>> views = new ArrayList<>();
    private final List<@Nullable Message> messages = new ArrayList<>();
    private final List<List<Neighbour>> offered = new ArrayList<>();

    private record Neighbour(int member, int age) {}

    /** Some neighbours on their way; an answer to those offered before, or not. */
    private record Message(int from, int to, List<Neighbour> neighbours, boolean answer) {}

    Cyclon(int members, int view, int shuffled, Selection selection, SeededRandom random) {
        this.members = members;
        this.capacity = view;
        this.shuffled = shuffled;
        this.random = random;
        for (int member = 0; member < members; member++) {
            List<Neighbour> neighbours = new ArrayList<>();
            for (int other : RandomViews.distinct(member, members, view, selection, random)) {
                neighbours.add(new Neighbour(other, 0));
            }
            views.add(neighbours);
            offered.add(List.of());
            wheel.add(random.nextLong(CYCLE), member);
        }
    }

    /** The neighbours of each member after so many shuffles of everyone's. */
    int[][] afterCycles(int cycles) {
        while (wheel.nextUntil(cycles * CYCLE)) {
            long event = wheel.event();
            if (event < members) {
                shuffle((int) event);
                wheel.add(wheel.now() + CYCLE, event);
            } else {
                receive((int) event - members);
            }
        }
        return views.stream()
                .map(view -> view.stream().mapToInt(Neighbour::member).toArray())
                .toArray(int[][]::new);
    }

    private void shuffle(int member) {
        List<Neighbour> view = views.get(member);
        view.replaceAll(neighbour -> new Neighbour(neighbour.member(), neighbour.age() + 1));
        int oldest = 0;
        for (int i = 1; i < view.size(); i++) {
            oldest = view.get(i).age() > view.get(oldest).age() ? i : oldest;
        }
        int partner = view.remove(oldest).member();
        List<Neighbour> sent = some(view, shuffled - 1);
        offered.set(member, List.copyOf(sent));
        sent.add(new Neighbour(member, 0));
        send(new Message(member, partner, sent, false));
    }

    private void receive(int place) {
        Message message = messages.get(place);
        if (message == null) {
            throw new IllegalStateException("a message arrived twice");
        }
        messages.set(place, null);
        int member = message.to();
        if (message.answer()) {
            merge(member, message.neighbours(), offered.get(member));
            offered.set(member, List.of());
            return;
        }
        List<Neighbour> answer = some(views.get(member), shuffled);
        send(new Message(member, message.from(), answer, true));
        merge(member, message.neighbours(), answer);
    }

    private void send(Message message) {
        int place = messages.size();
        messages.add(message);
        wheel.add(wheel.now() + random.nextLong(LATENCY), (long) members + place);
    }

    /** Takes in who is new, first into empty places, then in place of those that were sent. */
    private void merge(int member, List<Neighbour> received, List<Neighbour> sent) {
        List<Neighbour> view = views.get(member);
        List<Neighbour> replaceable = new ArrayList<>(sent);
        for (Neighbour candidate : received) {
            if (candidate.member() == member || indexOf(view, candidate.member()) >= 0) {
                continue;
            }
            if (view.size() < capacity) {
                view.add(candidate);
                continue;
            }
            while (!replaceable.isEmpty()) {
                int gone =
                        indexOf(view, replaceable.remove(replaceable.size() - 1).member());
                if (gone >= 0) {
                    view.set(gone, candidate);
                    break;
                }
            }
        }
    }

    private static int indexOf(List<Neighbour> view, int member) {
        for (int i = 0; i < view.size(); i++) {
            if (view.get(i).member() == member) {
                return i;
            }
        }
        return -1;
    }

    /** Some of a view, in random order, as many as there are. */
    private List<Neighbour> some(List<Neighbour> view, int count) {
        List<Neighbour> rest = new ArrayList<>(view);
        List<Neighbour> chosen = new ArrayList<>();
        while (chosen.size() < count && !rest.isEmpty()) {
            chosen.add(rest.remove(random.nextInt(rest.size())));
        }
        return chosen;
    }
}
