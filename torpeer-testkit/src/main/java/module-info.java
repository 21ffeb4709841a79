import org.jspecify.annotations.NullMarked;

/**
 * Contract tests for implementers of TorPeer's service provider interfaces, a peer that attacks, and fixtures for tests.
 */
@NullMarked
module org.torpeer.testkit {
    requires transitive org.torpeer.api;
    requires transitive org.torpeer.proto;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static org.jspecify;

    exports org.torpeer.testkit;
    exports org.torpeer.testkit.adversary;

    opens org.torpeer.testkit;
}
