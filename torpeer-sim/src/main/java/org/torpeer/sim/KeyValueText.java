package org.torpeer.sim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.torpeer.api.InvalidInputException;

/** Lines of {@code key = value}; what follows a {@code #} is a comment. */
final class KeyValueText {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_VALUE = 1000;
    /** Some editors begin text in UTF-8 with it, and none shows it. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private KeyValueText() {}

    /**
     * @throws InvalidInputException if the file cannot be read, or is no such text
     */
    static Map<String, Settings.Entry> read(Path file) {
        return parse(content(file), String.valueOf(file.getFileName()));
    }

    /**
     * @param source what to call it in errors
     * @throws InvalidInputException if a line is something else, or says again what an earlier one said
     */
    static Map<String, Settings.Entry> parse(String text, String source) {
        Map<String, Settings.Entry> entries = new LinkedHashMap<>();
        int number = 0;
        for (String raw : text.split("\\R", -1)) {
            number++;
            String line = raw.replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String place = source + ":" + number;
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).strip();
            if (!key.matches("[a-z][a-z0-9.-]{0,63}")) {
                throw new InvalidInputException(place + ": a line is key = value, with a key of a-z, 0-9, '.' and '-'");
            }
            String value = line.substring(equals + 1).strip();
            Settings.Entry before = entries.putIfAbsent(key, entry(key, value, place));
            if (before != null) {
                throw new InvalidInputException(place + ": " + key + " is set already, at " + before.place());
            }
        }
        return entries;
    }

    /**
     * @throws InvalidInputException if no line can have the value
     */
    static Settings.Entry entry(String key, String value, String place) {
        boolean whole = value.equals(value.strip()) && value.indexOf('#') < 0;
        if (!whole
                || value.isEmpty()
                || value.length() > MAX_VALUE
                || !value.codePoints().allMatch(KeyValueText::shown)) {
            throw new InvalidInputException(
                    place + ": the value of " + key + " is 1 to " + MAX_VALUE + " visible characters, none of them #");
        }
        return new Settings.Entry(value, place);
    }

    private static boolean shown(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE;
    }

    private static String content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidInputException(file + " is longer than " + MAX_BYTES + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file + " is not text in UTF-8", e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": check that it exists and is readable", e);
        }
    }
}
