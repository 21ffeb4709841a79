package org.torpeer.sim.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.util.UUID;

/** Makes the tasks that arrive, for those who run them here. */
record CellTaskFactory(RunningCells here) implements DataSerializableFactory {
    static final int ID = 7_001;

    private static final UUID NOBODY = new UUID(0, 0);

    @Override
    public IdentifiedDataSerializable create(int classId) {
        if (classId != CellTask.CLASS_ID) {
            throw new IllegalArgumentException("there is no task of class " + classId);
        }
        return new CellTask(here, NOBODY, "");
    }
}
