import org.jspecify.annotations.NullMarked;

/**
 * Proof-of-work algorithms {@code sha256} and {@code scrypt}, and the miner {@code kernel}; all found by name.
 *
 * <p>Where the module {@code jdk.incubator.vector} was added at the JVM's start, kernels that use it are tried too. It is
 * read at run time and not required here: that would make every build warn of an incubating module.
 */
@NullMarked
module org.torpeer.pow {
    requires transitive org.torpeer.api;
    requires java.management;
    requires org.bouncycastle.provider;
    requires static jdk.management;
    requires static org.jspecify;

    exports org.torpeer.pow;
    exports org.torpeer.pow.calibration;
    exports org.torpeer.pow.checkpoint;
    exports org.torpeer.pow.kernel;

    provides org.torpeer.api.spi.pow.PowAlgorithm with
            org.torpeer.pow.internal.Sha256Algorithm,
            org.torpeer.pow.internal.ScryptAlgorithm;
    provides org.torpeer.api.spi.pow.Miner with
            org.torpeer.pow.internal.KernelMiner;
}
