package org.torpeer.api.spi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStore.Change;
import org.torpeer.api.spi.store.PeerStore.Table;

class ChangeTest {
    @Test
    void keysAndValuesAreBounded() {
        assertThatCode(() -> change(PeerStore.MAX_KEY_BYTES, PeerStore.MAX_VALUE_BYTES))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> change(0, 1)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> change(PeerStore.MAX_KEY_BYTES + 1, 1)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> change(1, PeerStore.MAX_VALUE_BYTES + 1)).isInstanceOf(InvalidInputException.class);
    }

    private static Change change(int keyBytes, int valueBytes) {
        return new Change(Table.STATE, new byte[keyBytes], new byte[valueBytes]);
    }
}
