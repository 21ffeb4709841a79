package org.torpeer.sim;

import org.torpeer.sim.run.Simulation;

/** A process of its own that runs a scenario and prints the trace's hash. */
final class TracePrinter {
    private TracePrinter() {}

    public static void main(String[] arguments) {
        RunPlan plan = new RunPlan(
                Scenario.named(arguments[0]),
                Integer.parseInt(arguments[1]),
                Long.parseLong(arguments[2]),
                Crypto.named(arguments[3]));
        System.out.println(Simulation.run(plan).traceHash());
    }
}
