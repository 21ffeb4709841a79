package org.torpeer.testkit.adversary;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;

/**
 * Records that are well formed and lie in one respect. Each is of a key of its own unless one is given, and all but forged
 * ones are signed by that key.
 */
public final class BadRecords {
    /** What the whitelist of a network must keep from a verifier's memory and time. */
    private static final List<String> BOMBS = List.of(
            "N=1073741824,r=8,p=1",
            "N=2147483648,r=8,p=1",
            "N=1024,r=1073741824,p=1",
            "N=1024,r=8,p=1073741824",
            "N=16777216,r=1024,p=1024",
            "N=9223372036854775807,r=8,p=1",
            "N=-1,r=-1,p=-1",
            "N=0,r=0,p=0",
            "N=1024,r=8,p=1,N=1073741824",
            " N=1024,r=8,p=1",
            "N=1024,r=8,p=1;",
            "");

    private final RecordMaker maker;
    private final RandomGenerator random;

    public BadRecords(RecordMaker maker, RandomGenerator random) {
        this.maker = maker;
        this.random = random;
    }

    /** Issued so long after the maker's time. */
    public SignedPeerRecord fromTheFuture(Duration ahead) {
        return maker.record(
                key(), content -> Altered.issued(content, maker.now().plus(ahead)));
    }

    /** Expired so long before the maker's time, give or take ten minutes. */
    public SignedPeerRecord expired(Duration ago) {
        return maker.record(
                key(),
                content -> Altered.issued(
                        content, maker.now().minus(content.lifetime()).minus(ago)));
    }

    /** With a proof that holds, and is not worth what the network asks for. */
    public SignedPeerRecord proofTooSmall() {
        OnionKey key = key();
        Proof small = maker.proof(key, maker.network(), 0, maker.requirement().epoch());
        return sign(key, small);
    }

    /** With a proof that holds for another key. */
    public SignedPeerRecord proofOfAnotherKey() {
        Proof others = maker.proof(key());
        return firstThatFails(key -> others);
    }

    /** With a proof that holds for the key in another network. */
    public SignedPeerRecord proofOfAnotherNetwork(NetworkId other) {
        ProofRequirement asked = maker.requirement();
        return firstThatFails(key -> maker.proof(key, other, asked.minimumBits(), asked.epoch()));
    }

    /** With a proof that holds for another epoch, and says so. */
    public SignedPeerRecord proofOfAnotherEpoch() {
        OnionKey key = key();
        ProofRequirement asked = maker.requirement();
        return sign(key, maker.proof(key, maker.network(), asked.minimumBits(), asked.epoch() + 1));
    }

    /** With a proof that holds for another epoch, and says it is of this one. */
    public SignedPeerRecord proofOfAnotherEpochRelabelled() {
        ProofRequirement asked = maker.requirement();
        return firstThatFails(key -> {
            Proof other = maker.proof(key, maker.network(), asked.minimumBits(), asked.epoch() + 1);
            return Altered.claiming(other, other.parameters(), other.bits(), asked.epoch());
        });
    }

    /** Validly signed, with a nonce that nobody worked for: costs its maker a signature and the verifier one hash. */
    public SignedPeerRecord junkProof() {
        return firstThatFails(key -> junk(random.nextLong()));
    }

    /**
     * As {@link #junkProof}, in a network of {@code scrypt}, with a nonce that passes the gate: costs its maker about a
     * thousand hashes more, and the verifier an evaluation.
     */
    public SignedPeerRecord junkProofPastTheGate() {
        OnionKey key = key();
        byte[] prefix = maker.prefix(key.id(), junk(0));
        ByteBuffer attempt = ByteBuffer.allocate(prefix.length + Long.BYTES).put(prefix);
        long nonce = random.nextLong();
        while (!passesGate(attempt.putLong(prefix.length, nonce).array())) {
            nonce++;
        }
        // Not looked at: looking costs what the attack is to spare. A few bits make a lucky one unlikely.
        Proof junk = junk(nonce);
        return sign(key, Altered.claiming(junk, junk.parameters(), Math.max(32, junk.bits()), junk.epoch()));
    }

    /** A record for each set of parameters that would cost a verifier all its memory or time, or is not canonical. */
    public List<SignedPeerRecord> parameterBombs() {
        return BOMBS.stream()
                .map(parameters -> sign(key(), new Proof("scrypt", parameters, 255, random.nextLong(), 0)))
                .toList();
    }

    /** Genuine but for one bit of its signature. */
    public SignedPeerRecord forged() {
        SignedPeerRecord genuine = maker.record(key());
        byte[] broken = genuine.signature();
        broken[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
        return new SignedPeerRecord(genuine.content(), genuine.payload(), broken);
    }

    /** Signed by somebody else than its key. */
    public SignedPeerRecord signedByAnother() {
        OnionKey victim = key();
        return RecordCodec.sign(maker.content(victim), maker.network(), new ForeignKey(victim.id(), key()));
    }

    /** Signed for another network, whose member the key may well be. */
    public SignedPeerRecord signedForAnotherNetwork(NetworkId other) {
        OnionKey key = key();
        return RecordCodec.sign(maker.content(key), other, key);
    }

    /** Of each key of small order, with the one signature that verifiers which take such keys take. */
    public List<SignedPeerRecord> ofSmallOrderKeys() {
        return SmallOrderKey.all().stream()
                .map(key -> RecordCodec.sign(maker.content(key), maker.network(), key))
                .toList();
    }

    /** Says that a peer goes away, or is no more, in that peer's name. */
    public SignedPeerRecord goodbyeFor(SignedPeerRecord victim) {
        return RecordCodec.sign(
                Altered.state(victim.content(), PeerState.LEAVING, Long.MAX_VALUE),
                maker.network(),
                new ForeignKey(victim.peer(), key()));
    }

    private OnionKey key() {
        return SeedKey.generate(random);
    }

    private SignedPeerRecord sign(OnionKey key, Proof proof) {
        return RecordCodec.sign(maker.content(key, proof), maker.network(), key);
    }

    private Proof junk(long nonce) {
        ProofRequirement asked = maker.requirement();
        return new Proof(asked.algorithm(), asked.parameters(), asked.minimumBits(), nonce, asked.epoch());
    }

    /** Chance makes small proofs hold where they should not: then another key is taken. */
    private SignedPeerRecord firstThatFails(Function<OnionKey, Proof> proofs) {
        while (true) {
            OnionKey key = key();
            Proof proof = proofs.apply(key);
            if (!maker.holds(key.id(), proof)) {
                return sign(key, proof);
            }
        }
    }

    private static boolean passesGate(byte[] attempt) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(attempt);
            return (hash[0] & 0xff) == 0 && (hash[1] & 0xc0) == 0;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
