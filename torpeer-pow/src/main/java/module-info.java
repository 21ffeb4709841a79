import org.jspecify.annotations.NullMarked;

/** Proof-of-work algorithms {@code sha256} and {@code scrypt}, and the miner {@code kernel}; all found by name. */
@NullMarked
module org.torpeer.pow {
    requires org.torpeer.api;
    requires org.bouncycastle.provider;
    requires static org.jspecify;

    provides org.torpeer.api.spi.pow.PowAlgorithm with
            org.torpeer.pow.internal.Sha256Algorithm,
            org.torpeer.pow.internal.ScryptAlgorithm;
    provides org.torpeer.api.spi.pow.Miner with
            org.torpeer.pow.internal.KernelMiner;
}
