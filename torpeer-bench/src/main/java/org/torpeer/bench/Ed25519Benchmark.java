package org.torpeer.bench;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.torpeer.proto.key.Ed25519;
import org.torpeer.proto.key.SeedKey;

/** Signatures of a message of a record's size by one thread, a second; the key is one that was seen before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class Ed25519Benchmark {
    private final byte[] message = new byte[190];
    private final byte[] seed = new byte[SeedKey.BYTES];
    private final SeedKey key = SeedKey.of(seed);
    private final byte[] publicKey = key.id().toBytes();
    private final byte[] signature = key.sign(message);
    private final byte[] signed = new byte[Ed25519.SIGNATURE_BYTES];
    private final Signature signer;
    private final Signature verifier;
    private final byte[] platformSignature;

    public Ed25519Benchmark() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(message);
            platformSignature = signer.sign();
            verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    /** Strict, and of a validated key. */
    @Benchmark
    public boolean verify() {
        return Ed25519.verify(key.id(), message, signature);
    }

    @Benchmark
    public byte[] sign() {
        return key.sign(message);
    }

    /** Anchor: BouncyCastle without the wrapping; decodes the key each time. */
    @Benchmark
    public boolean anchorBouncyCastleVerify() {
        return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    /** Anchor. */
    @Benchmark
    public byte[] anchorBouncyCastleSign() {
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signed, 0);
        return signed;
    }

    /** Anchor: the platform's own. */
    @Benchmark
    public boolean anchorPlatformVerify() throws GeneralSecurityException {
        verifier.update(message);
        return verifier.verify(platformSignature);
    }

    /** Anchor. */
    @Benchmark
    public byte[] anchorPlatformSign() throws GeneralSecurityException {
        signer.update(message);
        return signer.sign();
    }
}
