package org.torpeer.node.internal.file;

import org.torpeer.api.InvalidInputException;

/** What files of identities and policies are sealed in. */
public final class ArmorFuzz {
    public static final String KIND = "FUZZ";

    private ArmorFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            byte[] content = Armor.decode(KIND, input);
            Armor.decode(KIND, Armor.encode(KIND, content));
        } catch (InvalidInputException e) {
            return;
        }
    }

    /** A seed. */
    public static byte[] seed() {
        return Armor.encode(KIND, new byte[100]);
    }
}
