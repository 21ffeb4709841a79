package org.torpeer.pow.internal;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Candidates that exist on some JVMs only. */
interface FurtherCandidates {
    String VECTOR_MODULE = "jdk.incubator.vector";

    List<Sha256Candidate> sha256();

    List<ScryptCandidate> scrypt();

    /** Those of this JVM: vectors where their module was added at its start ({@code --add-modules jdk.incubator.vector}). */
    static FurtherCandidates here() {
        Optional<Module> vectors = ModuleLayer.boot().findModule(VECTOR_MODULE);
        if (vectors.isEmpty()) {
            return new None();
        }
        try {
            FurtherCandidates.class.getModule().addReads(vectors.get());
            return Class.forName(FurtherCandidates.class.getPackageName() + ".VectorCandidates")
                    .asSubclass(FurtherCandidates.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            System.getLogger(FurtherCandidates.class.getName())
                    .log(Level.WARNING, "this JVM's vectors are of another kind and not used", e);
            return new None();
        }
    }

    /** No module, no candidates. */
    record None() implements FurtherCandidates {
        @Override
        public List<Sha256Candidate> sha256() {
            return List.of();
        }

        @Override
        public List<ScryptCandidate> scrypt() {
            return List.of();
        }
    }
}
