package org.torpeer.cli.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Fields of parsed JSON that must be there. */
public final class Field {
    private Field() {}

    public static Object of(Map<?, ?> object, String name) {
        return Objects.requireNonNull(object.get(name), name);
    }

    public static String text(Map<?, ?> object, String name) {
        return (String) of(object, name);
    }

    public static double number(Map<?, ?> object, String name) {
        return ((Number) of(object, name)).doubleValue();
    }

    public static Map<?, ?> object(Map<?, ?> object, String name) {
        return (Map<?, ?>) of(object, name);
    }

    public static List<Map<?, ?>> objects(Map<?, ?> object, String name) {
        List<Map<?, ?>> objects = new ArrayList<>();
        for (Object element : (List<?>) of(object, name)) {
            objects.add((Map<?, ?>) element);
        }
        return objects;
    }
}
