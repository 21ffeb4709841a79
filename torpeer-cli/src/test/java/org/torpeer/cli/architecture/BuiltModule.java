package org.torpeer.cli.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A module of this build whose classes are there.
 *
 * @param classes the folder they are in
 */
record BuiltModule(Path classes, ModuleDescriptor descriptor) {
    /** All that the program is made of, and those beside it that were built. */
    static List<BuiltModule> all() {
        try (Stream<Path> folders = Files.list(Path.of("..").toAbsolutePath().normalize())) {
            return folders.map(folder -> folder.resolve("target/classes"))
                    .filter(classes -> Files.exists(classes.resolve("module-info.class")))
                    .map(BuiltModule::in)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BuiltModule in(Path classes) {
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            return new BuiltModule(classes, ModuleDescriptor.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
