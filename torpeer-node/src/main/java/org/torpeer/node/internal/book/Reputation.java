package org.torpeer.node.internal.book;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;

/**
 * How peers behaved, by key; an address says nothing, since every connection from Tor comes from the same one. Bad marks
 * add up and fade: half of them are forgotten in an hour. From {@link #DISCOURAGED_AT} on a peer is served last, at
 * {@link #BANNED_AT} it is banned for a day. The operator bans, allows and pardons as he likes. Time is the wall clock,
 * passed in, because what is here outlives a run. Not safe for several threads.
 */
public final class Reputation {
    public static final Duration HALF_LIFE = Duration.ofHours(1);
    public static final Duration BAN = Duration.ofHours(24);
    public static final double DISCOURAGED_AT = 50;
    public static final double BANNED_AT = 100;
    /** Most peers an operator can have banned or allowed. */
    public static final int MAX_RULED = 4096;

    private static final int VERSION = 1;
    private static final int BODY_BYTES = 1 + Double.BYTES + 2 * Long.BYTES;
    /** Fainter marks are as good as none. */
    private static final double FORGOTTEN = 1;

    private final int capacity;
    private final Consumer<PeerId> removed;
    private final Map<PeerId, Opinion> opinions = new LinkedHashMap<>();
    private int ruled;

    /** How to treat a peer. */
    public enum Standing {
        GOOD,
        /** Is served when nobody else wants to be, and not connected with by us. */
        DISCOURAGED,
        /** Is turned away. */
        BANNED
    }

    private enum Ruling {
        NONE(0),
        BANNED(1),
        ALLOWED(2);

        private final int code;

        Ruling(int code) {
            this.code = code;
        }

        static Ruling of(int code) {
            return Arrays.stream(values())
                    .filter(ruling -> ruling.code == code)
                    .findAny()
                    .orElseThrow(Reputation::outOfRange);
        }
    }

    /**
     * @param score as it was at {@code at}
     * @param until end of a ban, long ago if there is none
     */
    private record Opinion(Ruling ruling, double score, Instant at, Instant until) {
        static final Opinion NONE = new Opinion(Ruling.NONE, 0, Instant.EPOCH, Instant.EPOCH);

        Opinion {
            at = at.truncatedTo(ChronoUnit.SECONDS);
            until = until.truncatedTo(ChronoUnit.SECONDS);
        }

        double scoreAt(Instant now) {
            long elapsed = Math.max(now.getEpochSecond() - at.getEpochSecond(), 0);
            return score * StrictMath.pow(0.5, (double) elapsed / HALF_LIFE.toSeconds());
        }

        boolean bannedAt(Instant now) {
            return ruling != Ruling.ALLOWED && now.isBefore(until);
        }
    }

    /**
     * @param capacity most peers that are remembered for their own deeds
     * @param removed told of each peer that is forgotten to make room or in {@link #expire}
     */
    public Reputation(int capacity, Consumer<PeerId> removed) {
        this.capacity = capacity;
        this.removed = removed;
    }

    /** Peers remembered. */
    public int size() {
        return opinions.size();
    }

    /**
     * The peer did something it should not have; one that the operator allows may.
     *
     * @param points positive; {@link #BANNED_AT} bans at once
     * @return how to treat it from now on
     */
    public Standing misbehaved(PeerId peer, double points, Instant now) {
        Opinion old = opinion(peer);
        if (old.ruling() == Ruling.ALLOWED) {
            return Standing.GOOD;
        }
        double score = old.scoreAt(now) + points;
        Instant until = score >= BANNED_AT ? later(old.until(), now.plus(BAN)) : old.until();
        if (!opinions.containsKey(peer) && opinions.size() - ruled >= capacity) {
            forgetTheLeast(now);
        }
        opinions.put(peer, new Opinion(old.ruling(), score, now, until));
        return standing(peer, now);
    }

    public Standing standing(PeerId peer, Instant now) {
        Opinion opinion = opinions.get(peer);
        if (opinion == null) {
            return Standing.GOOD;
        }
        if (opinion.bannedAt(now)) {
            return Standing.BANNED;
        }
        return opinion.scoreAt(now) >= DISCOURAGED_AT ? Standing.DISCOURAGED : Standing.GOOD;
    }

    /** What is left of its bad marks. */
    public double score(PeerId peer, Instant now) {
        return opinion(peer).scoreAt(now);
    }

    /**
     * The operator bans a peer; replaces what he said of it before.
     *
     * @param until {@link Instant#MAX} for good
     * @throws InvalidInputException if there are {@link #MAX_RULED} such peers
     */
    public void ban(PeerId peer, Instant until) {
        rule(peer, new Opinion(Ruling.BANNED, 0, Instant.EPOCH, until));
    }

    /**
     * The operator allows a peer whatever it does; replaces what he said of it before.
     *
     * @throws InvalidInputException if there are {@link #MAX_RULED} such peers
     */
    public void allow(PeerId peer) {
        rule(peer, new Opinion(Ruling.ALLOWED, 0, Instant.EPOCH, Instant.EPOCH));
    }

    /**
     * Forgets all of a peer: bans, of whomever, what it is allowed, bad marks.
     *
     * @return whether there was anything
     */
    public boolean pardon(PeerId peer) {
        Opinion old = opinions.remove(peer);
        ruled -= old != null && old.ruling() != Ruling.NONE ? 1 : 0;
        return old != null;
    }

    /** Until when the peer is banned, null if it is not. */
    public @Nullable Instant bannedUntil(PeerId peer, Instant now) {
        Opinion opinion = opinion(peer);
        return opinion.bannedAt(now) ? opinion.until() : null;
    }

    /** Who is banned, and until when. */
    public Map<PeerId, Instant> banned(Instant now) {
        Map<PeerId, Instant> banned = new LinkedHashMap<>();
        opinions.forEach((peer, opinion) -> {
            if (opinion.bannedAt(now)) {
                banned.put(peer, opinion.until());
            }
        });
        return banned;
    }

    /** Whom the operator allows. */
    public List<PeerId> allowed() {
        return opinions.entrySet().stream()
                .filter(each -> each.getValue().ruling() == Ruling.ALLOWED)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Forgets what has faded. */
    public void expire(Instant now) {
        for (Map.Entry<PeerId, Opinion> each : List.copyOf(opinions.entrySet())) {
            Opinion opinion = each.getValue();
            if (opinion.ruling() != Ruling.ALLOWED && !opinion.bannedAt(now) && opinion.scoreAt(now) < FORGOTTEN) {
                pardon(each.getKey());
                removed.accept(each.getKey());
            }
        }
    }

    /** What to store of a peer, or null if there is nothing. */
    public byte @Nullable [] stored(PeerId peer) {
        Opinion opinion = opinions.get(peer);
        if (opinion == null) {
            return null;
        }
        ByteBuffer body = ByteBuffer.allocate(BODY_BYTES);
        body.put((byte) opinion.ruling().code).putDouble(opinion.score());
        body.putLong(opinion.at().getEpochSecond()).putLong(opinion.until().getEpochSecond());
        return Checked.seal(VERSION, body.array());
    }

    /**
     * Puts back what was stored of a peer, unless there is no room.
     *
     * @throws InvalidInputException if the bytes are not what {@link #stored} gave
     */
    public void restore(PeerId peer, byte[] stored) {
        ByteBuffer body = Checked.open(VERSION, BODY_BYTES, stored, "a stored reputation");
        Ruling ruling = Ruling.of(body.get());
        double score = body.getDouble();
        long at = body.getLong();
        long until = body.getLong();
        if (body.hasRemaining()
                || !(score >= 0 && score <= Double.MAX_VALUE)
                || at < Instant.EPOCH.getEpochSecond()
                || at > Instant.MAX.getEpochSecond()
                || until < Instant.EPOCH.getEpochSecond()
                || until > Instant.MAX.getEpochSecond()) {
            throw new InvalidInputException("a stored reputation has a value out of range");
        }
        Opinion opinion = new Opinion(ruling, score, Instant.ofEpochSecond(at), Instant.ofEpochSecond(until));
        boolean room = opinion.ruling() == Ruling.NONE ? opinions.size() - ruled < capacity : ruled < MAX_RULED;
        if (room && opinions.putIfAbsent(peer, opinion) == null && opinion.ruling() != Ruling.NONE) {
            ruled++;
        }
    }

    private static InvalidInputException outOfRange() {
        return new InvalidInputException("a stored reputation has a value out of range");
    }

    private Opinion opinion(PeerId peer) {
        return opinions.getOrDefault(peer, Opinion.NONE);
    }

    private void rule(PeerId peer, Opinion opinion) {
        boolean before = opinion(peer).ruling() != Ruling.NONE;
        if (!before && ruled >= MAX_RULED) {
            throw new InvalidInputException(
                    "at most " + MAX_RULED + " peers can be banned or allowed: pardon some that no longer matter");
        }
        opinions.put(peer, opinion);
        ruled += before ? 0 : 1;
    }

    /** A quarter at once, so that a flood of offenders does not cost a search each. */
    private void forgetTheLeast(Instant now) {
        List<PeerId> own = new ArrayList<>();
        opinions.forEach((peer, opinion) -> {
            if (opinion.ruling() == Ruling.NONE) {
                own.add(peer);
            }
        });
        own.sort(Comparator.comparing((PeerId peer) -> later(opinion(peer).until(), now))
                .thenComparingDouble(peer -> opinion(peer).scoreAt(now)));
        for (PeerId peer : own.subList(0, 1 + own.size() / 4)) {
            opinions.remove(peer);
            removed.accept(peer);
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
