package org.torpeer.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.torpeer.api.Proof;
import org.torpeer.cli.json.Json;
import org.torpeer.node.identity.Identity;

/** What may be shown of an identity: never the key. */
final class IdentityFacts {
    private IdentityFacts() {}

    static void print(Identity identity, PrintWriter out, boolean json) {
        Proof proof = identity.proof();
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("address", identity.id().toString());
            facts.put("network", identity.network().name());
            facts.put("proof", proof(proof));
            out.println(Json.line(facts));
            return;
        }
        out.println("address  " + identity.id());
        out.println("network  " + identity.network().name());
        out.println("proof    " + text(proof));
    }

    static String text(Proof proof) {
        return proof.algorithm() + " " + proof.parameters()
                + (proof.parameters().isEmpty() ? "" : " ") + "at " + proof.bits() + " bits";
    }

    static Map<String, Object> proof(Proof proof) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("algorithm", proof.algorithm());
        facts.put("parameters", proof.parameters());
        facts.put("bits", proof.bits());
        return facts;
    }
}
