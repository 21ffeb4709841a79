package org.torpeer.node.threat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.torpeer.api.Endpoint;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.testkit.adversary.Altered;
import org.torpeer.testkit.adversary.AttackingListener;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.Persona;
import org.torpeer.testkit.adversary.ProtobufBombs;

/** A program: a node under bombs in a JVM that has little memory. Prints {@code unharmed} at last. */
final class BombedNode {
    /** A network of scrypt, so that nothing but the whitelist stands between a bomb and the algorithm. */
    private static final ProofRequirement SCRYPT = new ProofRequirement("scrypt", "N=1024,r=8,p=1", 0, 0);

    private static final int FRAME_TYPES = 9;
    private static final int SKIPPED_TYPE = 0x7e;
    private static final int RECORD_ROOM = 440;
    private static final int TIMES = 20;
    private static final int AT_THE_DOOR = 2;

    private final AttackedNode attacked;

    private BombedNode(AttackedNode attacked) {
        this.attacked = attacked;
    }

    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[0]));
        try (AttackedNode attacked = AttackedNode.hasty(random, SCRYPT)) {
            BombedNode bombed = new BombedNode(attacked);
            bombed.greetings();
            bombed.claims();
            bombed.answersToADialer();
            bombed.frames();
            bombed.skippedFrames();
            bombed.records();
            bombed.parameters();
            attacked.assertServes();
            System.out.println("unharmed");
        }
    }

    /** As the first message, as many at once as a node lets talk. */
    private void greetings() {
        List<AttackingSession> open = new ArrayList<>();
        for (byte[] bomb : ProtobufBombs.all(HandshakeCodec.MAX_BYTES)) {
            for (int i = 0; i < AT_THE_DOOR; i++) {
                AttackingSession session = attacked.mallory.dial(attacked.node.endpoint());
                open.add(session);
                session.sendMessage(bomb);
            }
        }
        open.forEach(AttackingSession::awaitClose);
        open.forEach(AttackingSession::close);
    }

    /** As the third message. */
    private void claims() {
        for (byte[] bomb : ProtobufBombs.all(HandshakeCodec.MAX_BYTES)) {
            for (int i = 0; i < AT_THE_DOOR; i++) {
                try (AttackingSession session = attacked.mallory.dial(attacked.node.endpoint())) {
                    session.sendMessage(session.hello(attacked.newPersona()));
                    session.receive();
                    session.sendMessage(bomb);
                    session.awaitClose();
                }
            }
        }
    }

    /** As the second message. */
    private void answersToADialer() {
        for (byte[] bomb : ProtobufBombs.all(HandshakeCodec.MAX_BYTES)) {
            Persona persona = attacked.newPersona();
            try (AttackingListener listener = attacked.mallory.listen(persona, Endpoint.DEFAULT_PORT)) {
                attacked.node.join(List.of(new Endpoint(persona.key().id(), Endpoint.DEFAULT_PORT)));
                try (AttackingSession session = listener.accept()) {
                    session.receive();
                    session.sendMessage(bomb);
                    session.awaitClose();
                }
            }
        }
    }

    private void frames() {
        List<byte[]> bombs = ProtobufBombs.all(FrameReader.AFTER_AUTHENTICATION - 1);
        for (int type = 1; type <= FRAME_TYPES; type++) {
            for (byte[] bomb : bombs) {
                try (AttackingSession session = attacked.authenticated()) {
                    session.sendMessage(ProtobufBombs.typed(type, bomb));
                    session.awaitClose();
                }
            }
        }
    }

    private void skippedFrames() {
        try (AttackingSession session = attacked.authenticated()) {
            for (int i = 0; i < TIMES; i++) {
                for (byte[] bomb : ProtobufBombs.all(FrameReader.AFTER_AUTHENTICATION - 1)) {
                    session.sendMessage(ProtobufBombs.typed(SKIPPED_TYPE, bomb));
                }
            }
            require(session.isAnswered(), "frames of a type that may be skipped are skipped");
        }
    }

    private void records() {
        for (byte[] bomb : ProtobufBombs.all(RECORD_ROOM)) {
            try (AttackingSession session = attacked.authenticated()) {
                session.sendMessage(ProtobufBombs.announced(bomb));
                session.awaitClose();
            }
        }
    }

    /** Said in passing, and shown at the door by their own keys. */
    private void parameters() throws Exception {
        List<SignedPeerRecord> bombs = attacked.bad.parameterBombs();
        for (int i = 0; i < TIMES; i++) {
            try (AttackingSession session = attacked.authenticated()) {
                session.offer(bombs);
                require(session.isAnswered(), "dropped at a glance");
            }
        }
        attacked.assertHasNotHeardOf(bombs);
        for (SignedPeerRecord bomb : bombs) {
            Persona persona = attacked.newPersona();
            SignedPeerRecord own = attacked.maker.record(
                    persona.key(),
                    content -> Altered.proof(content, bomb.content().proof()));
            try (AttackingSession session = attacked.mallory.dial(attacked.node.endpoint())) {
                session.authenticate(persona.withRecord(own));
                session.awaitClose();
            }
            attacked.assertHasNotHeardOf(List.of(own));
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
