package org.torpeer.cli.terminal;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.torpeer.api.Progress;

/** One progress bar as a line of text, for someone else to draw. Safe for several threads. */
public final class Bar implements AutoCloseable {
    private static final int PARTS = 1000;
    private static final int LONGEST = 30;
    private static final int NAME_CHARACTERS = 12;

    private final boolean unicode;
    private final ProgressBar bar;
    private volatile String text = "";

    public Bar(String name, int width, boolean unicode) {
        this.unicode = unicode;
        bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(PARTS)
                .setUpdateIntervalMillis(100)
                .setRenderer(this::render)
                .setConsumer(new DelegatingProgressBarConsumer(line -> text = line, width))
                .build();
    }

    public void show(Progress progress) {
        bar.stepTo(Math.round(Math.max(0, Math.min(1, progress.fraction())) * PARTS));
        bar.setExtraMessage(OneLine.of(progress.detail()));
        bar.refresh();
    }

    public String text() {
        return text;
    }

    /** Draws no more. */
    @Override
    public void close() {
        bar.close();
    }

    private String render(ProgressState state, int width) {
        double done = state.getNormalizedProgress();
        int length = Math.min(LONGEST, width / 3);
        int full = (int) Math.round(done * length);
        String drawn = (unicode ? "\u2588" : "#").repeat(full) + (unicode ? "\u2591" : ".").repeat(length - full);
        String name = state.getTaskName();
        String padded = name + " ".repeat(Math.max(0, NAME_CHARACTERS - name.length()));
        return String.format("  %s %s %3d %%  %s", padded, drawn, Math.round(done * 100), state.getExtraMessage());
    }
}
