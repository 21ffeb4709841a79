package org.torpeer.sim.report;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.sim.Grid;
import org.torpeer.sim.RunJson;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.SavedRun;

/**
 * The results of a sweep: {@code cells/} has a file of {@link RunJson} for every run that is finished, so that a sweep
 * that was broken off goes on where it was. What is there and is no such run of this sweep is not taken for one: that run is
 * run again, over it. {@code sweep.csv} and {@code sweep.json} have the numbers of all of them.
 * Safe for several threads. One command at a time has it.
 */
public final class SweepFolder implements AutoCloseable {
    private static final String GRID = "grid.txt";
    private static final String CELLS = "cells";
    private static final String CSV = "sweep.csv";

    private final Path path;
    private final OutputFolder folder;
    private final boolean goesOn;
    private final List<Grid.Cell> cells;
    private final Map<RunPlan, Integer> numbers = new LinkedHashMap<>();
    private final List<Path> doubtful = new CopyOnWriteArrayList<>();

    private SweepFolder(OutputFolder folder, boolean goesOn, List<Grid.Cell> cells) {
        this.folder = folder;
        this.goesOn = goesOn;
        this.path = folder.path();
        this.cells = cells;
        for (int i = 0; i < cells.size(); i++) {
            numbers.putIfAbsent(cells.get(i).plan(), i);
        }
    }

    /**
     * Makes the folder, or goes on with one that was made for the same grid.
     *
     * @throws InvalidInputException if it holds anything else, or is in use by another command
     * @throws TorPeerException if it cannot be made, read or written to
     */
    public static SweepFolder prepare(Path path, Grid grid) {
        List<Grid.Cell> cells = grid.cells();
        boolean goesOn = Files.isRegularFile(path.resolve(GRID));
        OutputFolder folder = goesOn ? OutputFolder.claimed(path) : OutputFolder.prepare(path);
        SweepFolder sweep = new SweepFolder(folder, goesOn, cells);
        try {
            if (goesOn && !holds(path, grid)) {
                throw new InvalidInputException(path + " holds another sweep: name a new folder, or see its " + GRID);
            }
            if (!goesOn) {
                folder.write(GRID, to -> to.write(grid.text()));
            }
            Files.createDirectories(path.resolve(CELLS));
            return sweep;
        } catch (IOException e) {
            sweep.close();
            throw new TorPeerException("cannot use the folder " + path + ": " + OutputFolder.reason(e), e);
        } catch (TorPeerException e) {
            sweep.close();
            throw e;
        }
    }

    private static boolean holds(Path path, Grid grid) throws IOException {
        try {
            return Files.readString(path.resolve(GRID)).equals(grid.text());
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Lets others have the folder. What was made for it is removed if nothing came of it. */
    @Override
    public void close() {
        if (goesOn || hasCells() || Files.exists(path.resolve(CSV))) {
            folder.close();
            return;
        }
        OutputFolder.remove(path.resolve(CELLS));
        OutputFolder.remove(path.resolve(GRID));
        folder.close();
    }

    private boolean hasCells() {
        try (Stream<Path> files = Files.list(path.resolve(CELLS))) {
            return files.findAny().isPresent();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The plans that are not finished, in order; {@link #doubts} says what was found in place of some. */
    public List<RunPlan> unfinished() {
        List<RunPlan> unfinished = new ArrayList<>();
        doubtful.clear();
        numbers.forEach((plan, number) -> {
            if (finished(plan, number) == null) {
                unfinished.add(plan);
                if (Files.exists(file(number))) {
                    doubtful.add(file(number));
                }
            }
        });
        return unfinished;
    }

    /** One line about the files that are to be replaced, since they hold no finished run of their plans; empty if none is. */
    public String doubts() {
        if (doubtful.isEmpty()) {
            return "";
        }
        return doubtful.get(0)
                + (doubtful.size() == 1
                        ? " is not the run of this sweep that belongs there, or is damaged: it is run again"
                        : " and " + (doubtful.size() - 1)
                                + " more are not the runs of this sweep that belong there, or are"
                                + " damaged: they are run again");
    }

    /** How many plans there are. */
    public int size() {
        return numbers.size();
    }

    /**
     * Keeps a finished run, as {@link RunJson} has it.
     *
     * @param runJson may come from anywhere
     *
     * @throws InvalidInputException if the text is not that of one run of this plan that came to its own end
     * @throws TorPeerException if it cannot be written
     */
    public void keep(RunPlan plan, String runJson) {
        Integer number = numbers.get(plan);
        if (number == null || !isFinished(SavedRun.parse(runJson, "what came back"), plan)) {
            throw new InvalidInputException("what came back is not the run of "
                    + plan.scenario().name() + " with seed " + plan.seed() + ": are the workers of this version?");
        }
        replace(file(number), runJson);
    }

    /**
     * Writes the table of all finished runs, over the one of before.
     *
     * @return how many runs are in it
     * @throws TorPeerException if it cannot be written
     */
    public int tabulate() {
        List<Map<String, String>> rows = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Map.Entry<RunPlan, Integer> entry : numbers.entrySet()) {
            SavedRun run = finished(entry.getKey(), entry.getValue());
            if (run != null) {
                Map<String, String> row = row(cells.get(entry.getValue()), run);
                rows.add(row);
                columns.addAll(row.keySet());
            }
        }
        replace(path.resolve(CSV), TableText.csv(columns, rows));
        replace(path.resolve("sweep.json"), TableText.json(columns, rows));
        return rows.size();
    }

    /** The run of a plan that its file holds; null if there is none, or anything else. */
    private @Nullable SavedRun finished(RunPlan plan, int number) {
        if (!Files.exists(file(number))) {
            return null;
        }
        try {
            List<SavedRun> runs = SavedRun.read(file(number));
            return isFinished(runs, plan) ? runs.get(0) : null;
        } catch (InvalidInputException e) {
            return null;
        }
    }

    private static boolean isFinished(List<SavedRun> runs, RunPlan plan) {
        return runs.size() == 1 && runs.get(0).complete() && runs.get(0).plan().equals(plan);
    }

    private static Map<String, String> row(Grid.Cell cell, SavedRun run) {
        Map<String, String> row = new LinkedHashMap<>(cell.varied());
        row.put("traceHash", run.traceHash());
        row.put("simulatedSeconds", String.valueOf(run.simulatedSeconds()));
        new TreeMap<>(run.results()).forEach((name, value) -> row.put(name, String.valueOf(value)));
        return row;
    }

    private Path file(int number) {
        return path.resolve(CELLS).resolve("%06d.json".formatted(number + 1));
    }

    private static void replace(Path file, String text) {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(draft, text, StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            OutputFolder.remove(draft);
            throw new TorPeerException("cannot write " + file + ": " + OutputFolder.reason(e), e);
        }
    }
}
