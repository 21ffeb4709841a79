package org.torpeer.sim.hazelcast;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SerializationConfig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.torpeer.sim.spi.SweepCluster;

/**
 * How Hazelcast is used: over addresses that were named and no others, without looking for anybody by itself, without
 * telling anybody of its use, and with as few of its features as there are.
 */
final class Settings {
    /** The executor that runs cells, and the number of threads it has on a member, which the member tells. */
    static final String EXECUTOR = "runs";

    static final String CORES = "torpeer.cores";

    private static final int MAX_QUEUED = 10_000;
    private static final int CONNECT_MILLIS = 3_000;
    private static final int CLUSTER_CONNECT_MILLIS = 5_000;

    /** Warns of what the JDK does not open to it, and does without. Held, for loggers are forgotten otherwise. */
    private static final Logger OPENNESS = Logger.getLogger("com.hazelcast.instance.impl.HazelcastInstanceFactory");

    static {
        OPENNESS.setLevel(Level.SEVERE);
    }

    private Settings() {}

    static Config worker(InetSocketAddress listen, SweepCluster cluster, int cores, CellTaskFactory tasks) {
        Config config = new Config();
        config.setClusterName(cluster.name());
        config.setProperties(workerProperties());
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getIntegrityCheckerConfig().setEnabled(false);
        config.getExecutorConfig(EXECUTOR).setPoolSize(cores).setQueueCapacity(MAX_QUEUED);
        config.getMemberAttributeConfig().setAttribute(CORES, String.valueOf(cores));
        serialization(config.getSerializationConfig(), tasks);
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(listen.getPort()).setPortAutoIncrement(false);
        network.getMemberAddressProviderConfig().setEnabled(true).setImplementation(new OneAddress(listen));
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(addresses(cluster));
        return config;
    }

    static ClientConfig sweep(SweepCluster cluster, CellTaskFactory tasks) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(cluster.name());
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.client.heartbeat.interval", "2000");
        config.setProperty("hazelcast.client.heartbeat.timeout", "20000");
        config.getMetricsConfig().setEnabled(false);
        config.getNetworkConfig().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().setAddresses(addresses(cluster)).setConnectionTimeout(CONNECT_MILLIS);
        config.getConnectionStrategyConfig()
                .getConnectionRetryConfig()
                .setClusterConnectTimeoutMillis(CLUSTER_CONNECT_MILLIS);
        serialization(config.getSerializationConfig(), tasks);
        return config;
    }

    private static Properties workerProperties() {
        Properties properties = new Properties();
        properties.setProperty("hazelcast.phone.home.enabled", "false");
        properties.setProperty("hazelcast.socket.bind.any", "false");
        properties.setProperty("hazelcast.logging.type", "slf4j");
        // The program listens for signals itself.
        properties.setProperty("hazelcast.shutdownhook.enabled", "false");
        properties.setProperty("hazelcast.health.monitoring.level", "OFF");
        // Nothing is kept in the cluster that would be worth more.
        properties.setProperty("hazelcast.partition.count", "11");
        properties.setProperty("hazelcast.wait.seconds.before.join", "0");
        properties.setProperty("hazelcast.tcp.join.port.try.count", "1");
        properties.setProperty("hazelcast.max.join.seconds", "30");
        properties.setProperty("hazelcast.heartbeat.interval.seconds", "2");
        properties.setProperty("hazelcast.max.no.heartbeat.seconds", "20");
        // Workers that were started at the same time, or cut off from each other, become one cluster soon.
        properties.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
        properties.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
        return properties;
    }

    /** Text is carried in Hazelcast's own form; no object of another class is ever made from what comes in. */
    private static void serialization(SerializationConfig config, CellTaskFactory tasks) {
        config.addDataSerializableFactory(CellTaskFactory.ID, tasks);
        config.setJavaSerializationFilterConfig(new JavaSerializationFilterConfig()
                .setDefaultsDisabled(true)
                .setWhitelist(new ClassFilter().addPrefixes("com.hazelcast.", "java.lang.", "java.util.concurrent.")));
    }

    private static List<String> addresses(SweepCluster cluster) {
        return cluster.members().stream().map(Settings::text).toList();
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
