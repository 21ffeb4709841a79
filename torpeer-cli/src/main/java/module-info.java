import org.jspecify.annotations.NullMarked;

/** The program {@code torpeer}. */
@NullMarked
module org.torpeer.cli {
    requires org.torpeer.api;
    requires org.torpeer.http;
    requires org.torpeer.node;
    requires org.torpeer.pow;
    requires org.torpeer.proto;
    requires org.torpeer.sim;
    requires org.torpeer.transport.tor;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires org.slf4j;
    requires static org.jspecify;

    opens org.torpeer.cli to
            info.picocli;
}
