package org.torpeer.transport.tor.internal;

import java.time.Duration;
import java.util.function.Consumer;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.spi.transport.TransportException;

/** Waiting for a tor to join its network. */
final class Bootstrap {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final ControlClient control;
    private final EventLoop time;

    Bootstrap(ControlClient control, EventLoop time) {
        this.control = control;
        this.time = time;
    }

    /**
     * Waits until tor is ready for use.
     *
     * @param patience how long it may stand still
     * @param progress told each new phase
     * @throws TransportException with failure LOCAL if it stands still for longer; the message names the cause as far as
     *     tor does
     */
    void await(Duration patience, Consumer<BootstrapPhase> progress) {
        ClockSkew skew = new ClockSkew();
        Runnable listening = control.listen(skew::notice);
        try {
            int reached = -1;
            Deadline deadline = Deadline.after(patience, time);
            while (true) {
                BootstrapPhase phase = BootstrapPhase.parse(control.getInfo("status/bootstrap-phase"));
                if (phase.percent() > reached) {
                    reached = phase.percent();
                    deadline = Deadline.after(patience, time);
                    progress.accept(phase);
                }
                if (phase.isDone()) {
                    return;
                }
                if (deadline.passed()) {
                    throw Local.failure(stuck(phase, patience, skew));
                }
                control.pause(LOOK_EVERY);
            }
        } finally {
            listening.run();
        }
    }

    private static String stuck(BootstrapPhase phase, Duration patience, ClockSkew skew) {
        String cause = skew.isSeen()
                ? "this computer's clock is wrong (CLOCK_SKEW): set it"
                : phase.warning().isEmpty() ? "check that this computer reaches the internet" : phase.warning();
        return "tor stands still at " + phase.percent() + " % (" + phase.summary() + ") since " + patience.toSeconds()
                + " s: " + cause;
    }

    private static final class ClockSkew {
        private volatile boolean seen;

        void notice(String type, String message) {
            if (type.startsWith("STATUS_") && message.contains("CLOCK_SKEW")) {
                seen = true;
            }
        }

        boolean isSeen() {
            return seen;
        }
    }
}
