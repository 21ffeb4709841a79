package org.torpeer.cli;

import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers from the command line, and says in words what is wrong with one. */
final class Numbers {
    private static final String WHOLE = "[+-]?[0-9]+";

    private Numbers() {}

    /** For all commands there are by now. */
    static void register(CommandLine program) {
        program.registerConverter(Integer.class, reading(Integer::valueOf))
                .registerConverter(int.class, reading(Integer::valueOf))
                .registerConverter(Long.class, reading(Long::valueOf))
                .registerConverter(long.class, reading(Long::valueOf))
                .registerConverter(Double.class, fractional())
                .registerConverter(double.class, fractional());
    }

    private static <N> ITypeConverter<N> reading(Function<String, N> read) {
        return text -> {
            try {
                return read.apply(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "'" + text + "' is " + (text.matches(WHOLE) ? "out of range" : "not a whole number"));
            }
        };
    }

    private static ITypeConverter<Double> fractional() {
        return text -> {
            try {
                return Double.valueOf(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is not a number");
            }
        };
    }
}
