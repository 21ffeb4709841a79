package org.torpeer.cli;

import org.torpeer.api.InvalidInputException;
import org.torpeer.api.lookup.ProviderNotFoundException;
import org.torpeer.api.lookup.Providers;
import org.torpeer.sim.spi.SweepEngine;

/** The engines of sweeps that this program was started with. */
final class SweepEngines {
    /** Of a module that the program does not carry. */
    static final String HAZELCAST = "hazelcast";

    private SweepEngines() {}

    /**
     * @throws InvalidInputException if the engine's module has to be asked for; the message says how
     * @throws ProviderNotFoundException if there is no such engine
     */
    static SweepEngine named(String name) {
        Providers<SweepEngine> present = SweepEngine.present();
        try {
            return present.require(name);
        } catch (ProviderNotFoundException e) {
            if (!name.equals(HAZELCAST) || !present.problems().isEmpty()) {
                throw e;
            }
            throw new InvalidInputException(
                    e.getMessage() + ": start the program as TORPEER_MODULES=torpeer-sim-hazelcast ./torpeer ...", e);
        }
    }
}
