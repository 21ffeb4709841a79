package org.torpeer.sim.run;

import java.util.Locale;
import java.util.function.IntToLongFunction;
import org.torpeer.api.InvalidInputException;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.sim.Books;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.Scenario;

/**
 * About how much heap a run takes at its most: for all, of a node without peers, and for each peer that a node knows. Measured
 * as the live heap after bootstraps (of 1,000 nodes that know each other 0.2 GB; of 100,000 with books of 32 mature peers
 * 3 GB after half an hour), and half as much again for the events under way and for what is garbage before it is collected.
 */
public final class HeapNeed {
    private static final long RUN_BYTES = 64 << 20;
    private static final long NODE_BYTES = 60_000;
    private static final long PEER_BYTES = 230;
    /** Nodes that restart keep what they know a second time. */
    private static final long STORED_PEER_BYTES = 300;
    /** Who has heard of twice as many peers as make a book mature seldom asks for more; these come beside them. */
    private static final int HEARD_BESIDE = 128;

    /** What nodes may find enough where a network is too large for books as they are. */
    private static final int SMALL_MATURE = 32;

    private static final double GIB = 1L << 30;

    private HeapNeed() {}

    /** In bytes. */
    public static long of(RunPlan plan) {
        return bytes(plan.scenario(), plan.population());
    }

    /** The most nodes, adversaries' included, of which a run of the scenario fits into so many bytes. */
    public static int fitting(Scenario scenario, long bytes) {
        return most(population -> bytes(scenario, population), bytes);
    }

    private static int most(IntToLongFunction need, long bytes) {
        int fit = 0;
        for (int step = Integer.highestOneBit(RunPlan.MAX_NODES); step > 0; step /= 2) {
            fit += fit + step <= RunPlan.MAX_NODES && need.applyAsLong(fit + step) <= bytes ? step : 0;
        }
        return fit;
    }

    /**
     * Refuses what would not fit into this JVM.
     *
     * @throws InvalidInputException if the heap is too small; the message says how many nodes would fit, and how many with
     *     smaller books if that is more
     */
    public static void check(RunPlan plan) {
        check(plan, Runtime.getRuntime().maxMemory());
    }

    static void check(RunPlan plan, long heap) {
        long need = of(plan);
        if (need > heap) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%d nodes take about %s of heap and there are %s: %s (or give java more, with"
                            + " JAVA_TOOL_OPTIONS=-Xmx%dg)",
                    plan.population(),
                    amount(need),
                    amount(heap),
                    whatFits(plan.scenario(), heap),
                    (long) Math.ceil(need / GIB)));
        }
    }

    private static String whatFits(Scenario scenario, long heap) {
        int fit = fitting(scenario, heap);
        int withSmallBooks = most(population -> bytesWithSmallBooks(scenario, population), heap);
        String fits = fit < RunPlan.MIN_NODES ? "no run fits" : fit + " nodes fit";
        return withSmallBooks > Math.max(fit, RunPlan.MIN_NODES)
                ? fits + ", and " + withSmallBooks + " with smaller books, such as books.mature=" + SMALL_MATURE
                : fits;
    }

    private static String amount(long bytes) {
        return bytes < GIB ? (bytes >> 20) + " MiB" : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }

    /** How many such runs fit beside each other into this JVM, at least one. */
    static int parallel(RunPlan plan) {
        return (int)
                Math.max(1, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / of(plan)));
    }

    private static long bytes(Scenario scenario, int population) {
        Books books = scenario.books();
        int mature = books == null ? BookShape.DEFAULT.mature() : books.mature();
        int routersMature = books == null ? mature : books.routersMature();
        return bytes(scenario, population, mature, routersMature);
    }

    /** Routers' books are as small unless the scenario says something else. */
    private static long bytesWithSmallBooks(Scenario scenario, int population) {
        Books books = scenario.books();
        return bytes(scenario, population, SMALL_MATURE, books == null ? SMALL_MATURE : books.routersMature());
    }

    private static long bytes(Scenario scenario, int population, int mature, int routersMature) {
        long routers = Math.min(population, scenario.routers(population));
        long known = (population - routers) * known(mature, population) + routers * known(routersMature, population);
        long perPeer = PEER_BYTES + (scenario.restarts() ? STORED_PEER_BYTES : 0);
        return RUN_BYTES + population * NODE_BYTES + perPeer * known;
    }

    /** About how many peers a node comes to know at most. */
    private static long known(int mature, int population) {
        return Math.min(population, 3L * mature + HEARD_BESIDE);
    }
}
