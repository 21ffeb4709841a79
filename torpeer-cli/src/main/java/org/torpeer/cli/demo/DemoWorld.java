package org.torpeer.cli.demo;

import java.util.Map;

/** A network to hold a demonstration on. */
interface DemoWorld extends AutoCloseable {
    /** The transport's name. */
    String transport();

    /** The transport's settings for one of the nodes, counted from 0. */
    Map<String, String> settings(int node);

    /** Ends the network, after all nodes have closed. */
    @Override
    void close();
}
