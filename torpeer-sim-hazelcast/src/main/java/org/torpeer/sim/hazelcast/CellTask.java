package org.torpeer.sim.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;

/** A plan on its way to a member that runs it. What comes back is text: {@link CellAnswer}. */
final class CellTask implements Callable<String>, IdentifiedDataSerializable {
    static final int CLASS_ID = 1;

    private final RunningCells here;
    private UUID client;
    private String plan;

    /**
     * @param here what runs it, where it arrives
     * @param client who wants the result
     * @param plan as text
     */
    CellTask(RunningCells here, UUID client, String plan) {
        this.here = here;
        this.client = client;
        this.plan = plan;
    }

    @Override
    public String call() {
        return here.run(client, plan);
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(client.getMostSignificantBits());
        out.writeLong(client.getLeastSignificantBits());
        out.writeString(plan);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        client = new UUID(in.readLong(), in.readLong());
        String text = in.readString();
        plan = text == null ? "" : text;
    }

    @Override
    public int getFactoryId() {
        return CellTaskFactory.ID;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }
}
