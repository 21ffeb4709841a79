package org.torpeer.cli.terminal;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.torpeer.api.Progress;

/** One progress bar as a line of text, for someone else to draw. Safe for several threads. */
public final class Bar implements AutoCloseable {
    private static final int PARTS = 1000;

    private final ProgressBar bar;
    private volatile String text = "";

    public Bar(String name, int width, boolean unicode) {
        bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(PARTS)
                .setStyle(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .hideEta()
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
}
