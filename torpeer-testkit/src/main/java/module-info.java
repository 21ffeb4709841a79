import org.jspecify.annotations.NullMarked;

/** Contract tests for implementers of TorPeer's service provider interfaces, and fixtures for tests. */
@NullMarked
module org.torpeer.testkit {
    requires transitive org.torpeer.api;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static org.jspecify;

    exports org.torpeer.testkit;

    opens org.torpeer.testkit;
}
