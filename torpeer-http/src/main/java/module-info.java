import org.jspecify.annotations.NullMarked;

/** Peer lists over HTTP: a server, a client for every dialer of host names, and the JSON form. */
@NullMarked
module org.torpeer.http {
    requires transitive org.torpeer.api;
    requires transitive org.torpeer.proto;
    requires jdk.httpserver;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;
    requires static org.jspecify;

    exports org.torpeer.http;
}
