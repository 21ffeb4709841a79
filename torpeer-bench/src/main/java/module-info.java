import org.jspecify.annotations.NullMarked;

/** Benchmarks of the hot paths, each beside its anchor: the fastest plain way to do the same with what Java offers. */
@NullMarked
open module org.torpeer.bench {
    requires org.torpeer.api;
    requires org.torpeer.node;
    requires org.torpeer.pow;
    requires org.torpeer.proto;
    requires org.torpeer.sim;
    requires org.bouncycastle.provider;
    requires java.management;
    requires jdk.management;
    requires jdk.unsupported;
    requires jmh.core;
    requires static org.jspecify;
}
