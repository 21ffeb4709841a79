#!/usr/bin/env python3
"""Prints the test vectors of the wire format: vectors.py DIRECTORY writes them there.

A second implementation, on the standard library alone, of everything the vectors hold: Ed25519 (RFC 8032), protobuf's
encoding, signed bytes, proof prefixes, handshake, sealed secrets. The Java tests only read what is checked in; nothing runs this
script during a build.
"""
import base64
import hashlib
import hmac
import json
import pathlib
import struct
import sys

# ---- Ed25519, affine coordinates, slow and plain

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P)


def times(n, point):
    total = (0, 1)
    while n:
        if n & 1:
            total = add(total, point)
        point = add(point, point)
        n >>= 1
    return total


def x_of(y, sign):
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


BASE = (x_of(4 * pow(5, -1, P) % P, 0), 4 * pow(5, -1, P) % P)


def point_bytes(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def point_of(encoded):
    n = int.from_bytes(encoded, "little")
    return x_of(n & 2**255 - 1, n >> 255), n & 2**255 - 1


def sha512_number(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def expand(seed):
    h = bytearray(hashlib.sha512(seed).digest())
    h[0] &= 248
    h[31] = h[31] & 127 | 64
    return bytes(h)


def public(seed):
    return point_bytes(times(int.from_bytes(expand(seed)[:32], "little"), BASE))


def sign(seed, message):
    expanded = expand(seed)
    r = sha512_number(expanded[32:], message) % L
    first = point_bytes(times(r, BASE))
    k = sha512_number(first, public(seed), message)
    s = (r + k * int.from_bytes(expanded[:32], "little")) % L
    return first + s.to_bytes(32, "little")


# ---- protobuf: ascending field numbers, defaults left out


def varint(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


def number(field, n):
    return varint(field << 3) + varint(n) if n else b""


def fixed(field, n):
    return varint(field << 3 | 1) + struct.pack("<Q", n) if n else b""


def data(field, b, always=False):
    return varint(field << 3 | 2) + varint(len(b)) + b if b or always else b""


def text(field, s):
    return data(field, s.encode())


# ---- TorPeer

STATES = {"ACTIVE": 1, "LEAVING": 2, "REVOKED": 3}
ROLES = {"PARTICIPANT": 1, "ROUTER": 2}
STATUSES = {"OK": 1, "NO_SUCH_PROTOCOL": 2, "HANDLER_FAILED": 3, "BUSY": 4, "TOO_LARGE": 5}
REASONS = {"LEAVING": 1, "DUPLICATE": 2, "PROTOCOL_ERROR": 3, "IDLE": 4, "BUSY": 5}
VERDICTS = {"ACCEPT": 1, "BUSY": 2, "BAD_RECORD": 3, "BAD_SIGNATURE": 4, "PROOF_TOO_SMALL": 5, "DUPLICATE": 6,
            "BANNED": 7, "REVOKED": 8}


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def prefixed(b):
    return struct.pack(">I", len(b)) + b


def network_id(name):
    return sha256(b"TorPeer-v1/net\0", name.encode())


def onion(key):
    checksum = hashlib.sha3_256(b".onion checksum" + key + b"\3").digest()[:2]
    return base64.b32encode(key + checksum + b"\3").decode().lower() + ".onion"


def proof_bytes(p):
    return (text(1, p["algorithm"]) + text(2, p["parameters"]) + number(3, p["bits"]) + fixed(4, int(p["nonce"]))
            + number(5, p["epoch"]))


def content_bytes(key, c):
    return (number(1, c.get("version", 1)) + data(2, key) + number(3, c["port"]) + number(4, int(c["sequence"]))
            + number(5, c["issued"]) + number(6, c["lifetime"]) + number(7, STATES.get(c["state"], c["state"]))
            + number(8, ROLES.get(c["role"], c["role"])) + b"".join(data(9, p.encode(), True) for p in c["protocols"])
            + (data(10, proof_bytes(c["proof"]), True) if c["proof"] else b"")
            + data(11, bytes.fromhex(c["attributes"]))
            + (data(12, successor_bytes(c["successor"]), True) if "successor" in c else b""))


def successor_bytes(s):
    return data(1, bytes.fromhex(s["key"])) + data(2, bytes.fromhex(s["signature"]))


def consent(network, old, seed):
    new = public(seed)
    signed = b"TorPeer-v1/successor\0" + network_id(network) + old + new
    return {"key": new.hex(), "signature": sign(seed, signed).hex()}


def requirement_bytes(r):
    return text(1, r["algorithm"]) + text(2, r["parameters"]) + number(3, r["bits"]) + number(4, r["epoch"])


def policy_bytes(p):
    return (number(1, p.get("version", 1)) + number(2, int(p["serial"]))
            + b"".join(data(3, requirement_bytes(r), True) for r in p["requirements"])
            + number(4, p["effective"]) + number(5, p["grace"])
            + b"".join(data(6, requirement_bytes(r), True) for r in p["previous"]))


def policy_signed(network, payload):
    return b"TorPeer-v1/policy\0" + network_id(network) + prefixed(payload)


def policy(seed, network, payload):
    return record_of(payload, sign(seed, policy_signed(network, payload)))


def record_signed(network, payload):
    return b"TorPeer-v1/record\0" + network_id(network) + prefixed(payload)


def record_of(payload, signature):
    return data(1, payload) + data(2, signature)


def record(seed, network, content, payload=None):
    payload = payload or content_bytes(public(seed), content)
    return record_of(payload, sign(seed, record_signed(network, payload)))


def pow_prefix(network, key, algorithm, parameters, epoch):
    a, b = algorithm.encode(), parameters.encode()
    return b"TorPeer-pow1" + sha256(
        b"TorPeer-v1/pow\0", network_id(network), key, bytes([len(a)]), a, bytes([len(b)]), b, struct.pack(">I", epoch))


# ---- AES-256-GCM (FIPS 197, NIST SP 800-38D)


def doubled(b):
    return b << 1 ^ (0x11b if b & 0x80 else 0)


def sbox():
    table, p, q = [0x63] * 256, 1, 1
    while True:
        p = (p ^ doubled(p)) & 0xff
        for shift in (1, 2, 4):
            q ^= q << shift & 0xff
        q ^= 9 if q & 0x80 else 0
        table[p] = q ^ 0x63
        for turn in (1, 2, 3, 4):
            table[p] ^= (q << turn | q >> 8 - turn) & 0xff
        if p == 1:
            return table


SBOX = sbox()


def aes_round_keys(key):
    words, constant = [list(key[i:i + 4]) for i in range(0, 32, 4)], 1
    while len(words) < 60:
        w = list(words[-1])
        if len(words) % 8 == 0:
            w = [SBOX[b] for b in w[1:] + w[:1]]
            w[0] ^= constant
            constant = doubled(constant)
        elif len(words) % 8 == 4:
            w = [SBOX[b] for b in w]
        words.append([a ^ b for a, b in zip(words[-8], w)])
    return [sum(words[i:i + 4], []) for i in range(0, 60, 4)]


def aes(keys, block):
    state = [a ^ b for a, b in zip(block, keys[0])]
    for i in range(1, 15):
        state = [SBOX[state[(j + 4 * (j % 4)) % 16]] for j in range(16)]
        if i < 14:
            mixed = []
            for c in range(0, 16, 4):
                a = state[c:c + 4]
                mixed += [doubled(a[r]) ^ doubled(a[(r + 1) % 4]) ^ a[(r + 1) % 4] ^ a[(r + 2) % 4] ^ a[(r + 3) % 4]
                          for r in range(4)]
            state = mixed
        state = [a ^ b for a, b in zip(state, keys[i])]
    return bytes(state)


def gcm(key, nonce, associated, plain):
    keys = aes_round_keys(key)
    h = int.from_bytes(aes(keys, bytes(16)), "big")

    def times_h(x):
        z, v = 0, h
        for i in range(127, -1, -1):
            z ^= v if x >> i & 1 else 0
            v = v >> 1 ^ (0xe1 << 120 if v & 1 else 0)
        return z

    stream = b"".join(aes(keys, nonce + struct.pack(">I", 2 + i)) for i in range(len(plain) // 16 + 1))
    encrypted = bytes(a ^ b for a, b in zip(plain, stream))
    pad = lambda b: b + bytes(-len(b) % 16)
    hashed = pad(associated) + pad(encrypted) + struct.pack(">QQ", 8 * len(associated), 8 * len(encrypted))
    y = 0
    for i in range(0, len(hashed), 16):
        y = times_h(y ^ int.from_bytes(hashed[i:i + 16], "big"))
    first = aes(keys, nonce + struct.pack(">I", 1))
    return encrypted + bytes(a ^ b for a, b in zip(first, y.to_bytes(16, "big")))


# ---- the vectors

SEED_1 = bytes(range(1, 33))
SEED_2 = bytes(range(101, 133))
PROOF = {"algorithm": "scrypt", "parameters": "N=1024,r=8,p=1", "bits": 18, "nonce": "1234567890123456789", "epoch": 0}
CONTENT = {"port": 7411, "sequence": "1790000000", "issued": 1789999800, "lifetime": 86400, "state": "ACTIVE",
           "role": "PARTICIPANT", "protocols": ["chat/1", "files/2"], "proof": PROOF, "attributes": "00ff10"}
CONTENT_2 = dict(CONTENT, role="ROUTER", protocols=[], attributes="", port=65535)


def onions():
    tor, bitcoin = "tor, hs_build_address.py", "Bitcoin Core, net_tests.cpp"
    key = "79bcc625184b05194975c28b66b66b0469f7f6556fb1ac3189a79b40dda32f1f"
    name = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4ps"
    return {"valid": [
        {"source": tor, "key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
         "address": "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion"},
        {"source": bitcoin, "key": key, "address": name + "cryd.onion"},
        {"source": "TorPeer", "key": "00" * 32, "address": onion(bytes(32))},
        {"source": "TorPeer", "key": "ff" * 32, "address": onion(b"\xff" * 32)},
    ], "invalid": [
        {"source": bitcoin, "name": "bad checksum", "address": name + "csad.onion"},
        {"source": bitcoin, "name": "bad version", "address": name + "crye.onion"},
        {"source": "TorPeer", "name": "too short", "address": name + "cry.onion"},
        {"source": "TorPeer", "name": "too long", "address": name + "cryda.onion"},
        {"source": "TorPeer", "name": "digit 1", "address": "1" + name[1:] + "cryd.onion"},
        {"source": "TorPeer", "name": "a subdomain", "address": "www." + name + "cryd.onion"},
        {"source": "TorPeer", "name": "empty", "address": ""},
    ]}


def networks():
    return [{"name": n, "id": network_id(n).hex()} for n in ["my-network", "a", "netz-\u00fc\u20ac", "n" * 64]]


def pows():
    cases = [("my-network", "scrypt", "N=1024,r=8,p=1", 0), ("my-network", "sha256", "", 1),
             ("another", "scrypt", "N=1024,r=8,p=1", 2**32 - 1)]
    return [{"network": n, "key": public(SEED_1).hex(), "algorithm": a, "parameters": p, "epoch": e,
             "prefix": pow_prefix(n, public(SEED_1), a, p, e).hex()} for n, a, p, e in cases]


def records():
    valid = {
        "participant": CONTENT,
        "router": CONTENT_2,
        "leaving": dict(CONTENT, state="LEAVING", sequence="1790000001"),
        "revoked": dict(CONTENT, state="REVOKED", sequence=str(2**64 - 1)),
        "least of everything": dict(
            CONTENT, port=1, sequence="0", issued=0, lifetime=1, protocols=[], attributes="",
            proof={"algorithm": "x", "parameters": "", "bits": 0, "nonce": "0", "epoch": 0}),
        "most of everything but length": dict(
            CONTENT, port=65535, sequence=str(2**64 - 2), issued=253402300200, lifetime=604800,
            protocols=["%x" % i for i in range(16)], attributes="ab" * 128,
            proof={"algorithm": "a" * 16, "parameters": "p" * 32, "bits": 255, "nonce": str(2**64 - 1),
                   "epoch": 2**32 - 1}),
    }
    handover = dict(CONTENT, state="LEAVING", sequence=str(2**64 - 2), protocols=[], attributes="",
                    successor=consent("my-network", public(SEED_1), SEED_2))
    valid["handing over to a successor"] = handover
    out = []
    for name, c in valid.items():
        payload = content_bytes(public(SEED_1), c)
        signed = record_signed("my-network", payload)
        signature = sign(SEED_1, signed)
        out.append({"name": name, "seed": SEED_1.hex(), "key": public(SEED_1).hex(), "network": "my-network",
                    "content": c, "payload": payload.hex(), "signed": signed.hex(), "signature": signature.hex(),
                    "encoded": record_of(payload, signature).hex()})
    key = public(SEED_1)
    plain = content_bytes(key, CONTENT)
    field = lambda **changed: content_bytes(key, dict(CONTENT, **changed))
    proof = lambda **changed: field(proof=dict(PROOF, **changed))
    at = plain.index(data(10, proof_bytes(PROOF)))
    bad = {
        ("empty payload", "UNSUPPORTED_VERSION"): b"",
        ("version 2", "UNSUPPORTED_VERSION"): field(version=2),
        ("version missing", "UNSUPPORTED_VERSION"): field(version=0),
        ("key of 31 bytes", "BAD_FIELD"): content_bytes(key[:31], CONTENT),
        ("key of 33 bytes", "BAD_FIELD"): content_bytes(key + b"\0", CONTENT),
        ("port 0", "BAD_FIELD"): field(port=0),
        ("port 65536", "BAD_FIELD"): field(port=65536),
        ("port 2^32-1", "BAD_FIELD"): field(port=2**32 - 1),
        ("port beyond 32 bits", "GARBAGE"): field(port=2**32 + 7411),
        ("lifetime 0", "BAD_FIELD"): field(lifetime=0),
        ("lifetime of 7 days and a second", "BAD_FIELD"): field(lifetime=604801),
        ("issued between two tens of minutes", "BAD_FIELD"): field(issued=1789999801),
        ("issued after the year 9999", "BAD_FIELD"): field(issued=253402300800),
        ("issued 2^64-1", "BAD_FIELD"): field(issued=2**64 - 1),
        ("state missing", "UNKNOWN_ENUM"): field(state=0),
        ("state 4", "UNKNOWN_ENUM"): field(state=4),
        ("role missing", "UNKNOWN_ENUM"): field(role=0),
        ("role 3", "UNKNOWN_ENUM"): field(role=3),
        ("revoked with an ordinary sequence number", "BAD_FIELD"): field(state="REVOKED"),
        ("highest sequence number without revocation", "BAD_FIELD"): field(sequence=str(2**64 - 1)),
        ("17 protocols", "TOO_LONG"): field(protocols=["%d" % i for i in range(17)]),
        ("empty protocol", "BAD_FIELD"): field(protocols=[""]),
        ("protocol of 33 bytes", "BAD_FIELD"): field(protocols=["p" * 33]),
        ("protocol with a line feed", "BAD_FIELD"): field(protocols=["a\nb"]),
        ("protocol beyond ASCII", "BAD_FIELD"): field(protocols=["\u00e4"]),
        ("protocol twice", "BAD_FIELD"): field(protocols=["a", "b", "a"]),
        ("protocol not UTF-8", "GARBAGE"): plain[:at] + data(9, b"\xff\xfe") + plain[at:],
        ("proof missing", "BAD_FIELD"): field(proof=None),
        ("proof without algorithm", "BAD_FIELD"): proof(algorithm=""),
        ("algorithm of 17 bytes", "BAD_FIELD"): proof(algorithm="a" * 17),
        ("parameters of 33 bytes", "BAD_FIELD"): proof(parameters="a" * 33),
        ("256 bits", "BAD_FIELD"): proof(bits=256),
        ("129 bytes of attributes", "BAD_FIELD"): field(attributes="00" * 129),
        ("unknown field 13", "GARBAGE"): plain + number(13, 1),
        ("successor that is a number", "GARBAGE"): plain + number(12, 1),
        ("successor of one that stays", "BAD_FIELD"): field(successor=handover["successor"]),
        ("successor with an ordinary sequence number", "BAD_FIELD"):
            field(successor=handover["successor"], state="LEAVING"),
        ("successor of a revoked key", "BAD_FIELD"):
            field(successor=handover["successor"], state="REVOKED", sequence=str(2**64 - 1)),
        ("successor of itself", "BAD_FIELD"):
            content_bytes(key, dict(handover, successor=consent("my-network", key, SEED_1))),
        ("empty successor", "BAD_FIELD"): content_bytes(key, dict(handover, successor={"key": "", "signature": ""})),
        ("successor's key of 31 bytes", "BAD_FIELD"):
            content_bytes(key, dict(handover, successor=dict(handover["successor"], key="00" * 31))),
        ("successor's signature of 63 bytes", "BAD_FIELD"):
            content_bytes(key, dict(handover, successor=dict(handover["successor"], signature="00" * 63))),
        ("unknown field in the successor", "GARBAGE"):
            field(state="LEAVING", sequence=str(2**64 - 2))
            + data(12, successor_bytes(handover["successor"]) + number(3, 1)),
        ("two successors", "GARBAGE"):
            content_bytes(key, handover) + data(12, successor_bytes(handover["successor"])),
        ("unknown field in the proof", "GARBAGE"):
            plain[:at] + data(10, proof_bytes(PROOF) + number(6, 1)) + data(11, b"\0\xff\x10"),
        ("field twice", "GARBAGE"): plain + data(11, b"\0\xff\x10"),
        ("proof twice", "GARBAGE"): plain[:at] + data(10, proof_bytes(PROOF)) + plain[at:],
        ("fields not in order", "GARBAGE"): plain[at:] + plain[:at],
        ("default value written", "GARBAGE"): content_bytes(key, dict(CONTENT, protocols=[], attributes="")) + b"\x5a\0",
        ("varint longer than needed", "GARBAGE"): b"\x08\x81\0" + plain[2:],
        ("group", "GARBAGE"): plain + b"\x63\x64",
        ("17 protocols and nothing after", "TOO_LONG"): plain[:at] + data(9, b"p") * 15,
        ("truncated", "GARBAGE"): plain[:-1],
        ("513 bytes", "TOO_LONG"): field(protocols=["%02d" % i + "p" * 30 for i in range(12)]),
    }
    invalid = [{"name": n, "reason": why, "encoded": record(SEED_1, "my-network", None, payload or None).hex()
                if payload else record_of(b"", sign(SEED_1, record_signed("my-network", b""))).hex()}
               for (n, why), payload in bad.items()]
    good = record(SEED_1, "my-network", CONTENT)
    signature = sign(SEED_1, record_signed("my-network", plain))
    invalid += [
        {"name": "no bytes", "reason": "BAD_FIELD", "encoded": ""},
        {"name": "no signature", "reason": "BAD_FIELD", "encoded": data(1, plain).hex()},
        {"name": "signature of 63 bytes", "reason": "BAD_FIELD", "encoded": record_of(plain, signature[:63]).hex()},
        {"name": "signature of 65 bytes", "reason": "BAD_FIELD",
         "encoded": record_of(plain, signature + b"\0").hex()},
        {"name": "unknown field outside", "reason": "GARBAGE", "encoded": (good + number(3, 1)).hex()},
        {"name": "unknown field in place of the signature", "reason": "GARBAGE",
         "encoded": (data(1, plain) + data(3, signature)).hex()},
        {"name": "length beyond the end", "reason": "GARBAGE", "encoded": "0affffffff07"},
        {"name": "negative length", "reason": "GARBAGE", "encoded": "0affffffffffffffffff01"},
    ]
    return {"valid": out, "invalid": invalid}


REQUIREMENT = {"algorithm": "scrypt", "parameters": "N=1024,r=8,p=1", "bits": 20, "epoch": 0}
POLICY = {"serial": "2", "requirements": [REQUIREMENT, dict(REQUIREMENT, algorithm="sha256", parameters="", bits=40)],
          "effective": 1790000000, "grace": 1209600, "previous": [dict(REQUIREMENT, bits=18)]}


def policies():
    kinds = [dict(REQUIREMENT, epoch=2**32 - i, algorithm="a" * 16, parameters="p" * 32, bits=255) for i in range(1, 5)]
    valid = {
        "a raise": POLICY,
        "a new network's": dict(POLICY, serial="1", effective=0, grace=0, previous=[]),
        "least of everything": {"serial": "1", "effective": 0, "grace": 0, "previous": [], "requirements": [
            {"algorithm": "x", "parameters": "", "bits": 0, "epoch": 0}]},
        "most of everything": {"serial": str(2**63 - 1), "effective": 253402300799, "grace": 31536000,
                               "requirements": kinds, "previous": kinds},
    }
    out = []
    for name, p in valid.items():
        payload = policy_bytes(p)
        signed = policy_signed("my-network", payload)
        out.append({"name": name, "seed": SEED_2.hex(), "operator": public(SEED_2).hex(), "network": "my-network",
                    "content": p, "payload": payload.hex(), "signed": signed.hex(),
                    "signature": sign(SEED_2, signed).hex(), "encoded": policy(SEED_2, "my-network", payload).hex()})
    plain = policy_bytes(POLICY)
    field = lambda **changed: policy_bytes(dict(POLICY, **changed))
    one = lambda **changed: field(requirements=[dict(REQUIREMENT, **changed)])
    bad = {
        ("empty payload", "UNSUPPORTED_VERSION"): b"",
        ("version 2", "UNSUPPORTED_VERSION"): field(version=2),
        ("serial 0", "BAD_FIELD"): field(serial=0),
        ("serial 2^63", "BAD_FIELD"): field(serial=2**63),
        ("serial 2^64-1", "BAD_FIELD"): field(serial=2**64 - 1),
        ("effective after the year 9999", "BAD_FIELD"): field(effective=253402300800),
        ("effective 2^64-1", "BAD_FIELD"): field(effective=2**64 - 1),
        ("grace of more than a year", "BAD_FIELD"): field(grace=31536001),
        ("grace 2^32-1", "BAD_FIELD"): field(grace=2**32 - 1),
        ("no requirement", "BAD_FIELD"): field(requirements=[]),
        ("five requirements", "TOO_LONG"): field(requirements=[dict(REQUIREMENT, epoch=i) for i in range(5)]),
        ("five previous ones", "TOO_LONG"): field(previous=[dict(REQUIREMENT, epoch=i) for i in range(5)]),
        ("a kind twice", "BAD_FIELD"): field(requirements=[REQUIREMENT, dict(REQUIREMENT, bits=1)]),
        ("a previous kind twice", "BAD_FIELD"): field(previous=[REQUIREMENT, REQUIREMENT]),
        ("empty requirement", "BAD_FIELD"): field(requirements=[
            {"algorithm": "", "parameters": "", "bits": 0, "epoch": 0}]),
        ("algorithm of 17 bytes", "BAD_FIELD"): one(algorithm="a" * 17),
        ("algorithm with a line feed", "BAD_FIELD"): one(algorithm="a\nb"),
        ("parameters of 33 bytes", "BAD_FIELD"): one(parameters="a" * 33),
        ("256 bits", "BAD_FIELD"): one(bits=256),
        ("unknown field 7", "GARBAGE"): plain + number(7, 1),
        ("requirements apart", "GARBAGE"): plain + data(3, requirement_bytes(REQUIREMENT)),
        ("unknown field in a requirement", "GARBAGE"):
            field(previous=[]) + data(6, requirement_bytes(REQUIREMENT) + number(5, 1)),
        ("default value written", "GARBAGE"): field(grace=0, previous=[]) + b"\x28\0",
        ("truncated", "GARBAGE"): plain[:-1],
    }
    invalid = [{"name": n, "reason": why, "encoded": policy(SEED_2, "my-network", payload).hex()}
               for (n, why), payload in bad.items()]
    invalid += [
        {"name": "no bytes", "reason": "BAD_FIELD", "encoded": ""},
        {"name": "signature of 63 bytes", "reason": "BAD_FIELD", "encoded": record_of(plain, bytes(63)).hex()},
        {"name": "unknown field outside", "reason": "GARBAGE",
         "encoded": (policy(SEED_2, "my-network", plain) + number(3, 1)).hex()},
    ]
    return {"valid": out, "invalid": invalid}


def sealed():
    passphrase, secret = "correct horse \u20ac", b"the secret of an identity"
    salt, nonce = bytes(range(16)), bytes(range(50, 62))
    header = b"TorPeer-sealed\1" + bytes([15, 8, 1]) + salt + nonce
    key = hashlib.scrypt(passphrase.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**26, dklen=32)
    return {"passphrase": passphrase, "secret": secret.hex(), "key": key.hex(),
            "sealed": (header + gcm(key, nonce, header, secret)).hex()}


def handshake():
    network, key_1, key_2 = "my-network", public(SEED_1), public(SEED_2)
    nonce_1, nonce_2 = bytes(range(32)), bytes(range(200, 232))
    secret = network_id(network)
    admission = hmac.new(secret, b"TorPeer-v1/hs-hello\0" + key_2 + nonce_1 + struct.pack(">Q", 5) + bytes([2, 1, 3]),
                         hashlib.sha256).digest()
    hello = data(1, bytes([1, 3])) + number(2, 5) + data(3, nonce_1) + data(4, admission)
    record_1, record_2 = record(SEED_1, network, CONTENT), record(SEED_2, network, CONTENT_2)
    offer = (number(1, 1) + data(2, bytes([1, 2])) + number(3, 2**64 - 1) + data(4, nonce_2) + data(5, record_2))
    server_signed = b"TorPeer-v1/hs-server\0" + network_id(network) + sha256(prefixed(hello), prefixed(offer))
    server_hello = data(1, offer) + data(2, sign(SEED_2, server_signed))
    claim = data(1, record_1)
    client_signed = (b"TorPeer-v1/hs-client\0" + network_id(network) + key_2 + key_1
                     + sha256(prefixed(hello), prefixed(server_hello), prefixed(claim)))
    auth = data(1, claim) + data(2, sign(SEED_1, client_signed))
    verdict = number(1, VERDICTS["ACCEPT"])
    bad = {
        "clientHello": [
            ("no versions", "BAD_FIELD", number(2, 5) + data(3, nonce_1) + data(4, admission)),
            ("nine versions", "BAD_FIELD", data(1, bytes(range(1, 10))) + data(3, nonce_1) + data(4, admission)),
            ("version 0", "BAD_FIELD", data(1, b"\0\1") + data(3, nonce_1) + data(4, admission)),
            ("version 256", "BAD_FIELD", data(1, varint(256)) + data(3, nonce_1) + data(4, admission)),
            ("descending versions", "BAD_FIELD", data(1, b"\2\1") + data(3, nonce_1) + data(4, admission)),
            ("version twice", "BAD_FIELD", data(1, b"\1\1") + data(3, nonce_1) + data(4, admission)),
            ("versions not packed", "GARBAGE", b"\x08\1\x08\3" + data(3, nonce_1) + data(4, admission)),
            ("nonce of 31 bytes", "BAD_FIELD", data(1, b"\1") + data(3, nonce_1[:31]) + data(4, admission)),
            ("no admission", "BAD_FIELD", data(1, b"\1") + data(3, nonce_1)),
            ("unknown field", "GARBAGE", hello + number(5, 1)),
        ],
        "serverHello": [("no offer", "BAD_FIELD", data(2, bytes(64))),
                        ("no signature", "BAD_FIELD", data(1, offer))],
        "serverOffer": [
            ("no record", "BAD_FIELD", number(1, 1) + data(2, b"\1") + data(4, nonce_2)),
            ("version chosen that is not spoken", "BAD_FIELD",
             number(1, 9) + data(2, b"\1") + data(4, nonce_2) + data(5, record_2)),
            ("record with an unknown field", "GARBAGE",
             number(1, 1) + data(2, b"\1") + data(4, nonce_2) + data(5, record_2 + number(3, 1))),
        ],
        "clientAuth": [("signature of 63 bytes", "BAD_FIELD", data(1, claim) + data(2, bytes(63))),
                       ("signature without claim", "BAD_FIELD", data(2, bytes(64)))],
        "clientClaim": [("empty record", "BAD_FIELD", data(1, b"", True)),
                        ("neither record nor anonymous", "BAD_FIELD", b""),
                        ("record and anonymous", "BAD_FIELD", data(1, record_1) + number(2, 1))],
        "verdict": [("no bytes", "UNKNOWN_ENUM", b""), ("code 9", "UNKNOWN_ENUM", number(1, 9)),
                    ("code -1", "UNKNOWN_ENUM", number(1, 2**64 - 1)),
                    ("retry after more than a day", "BAD_FIELD", number(1, 2) + number(2, 86401))],
    }
    return {
        "network": network, "clientSeed": SEED_1.hex(), "serverSeed": SEED_2.hex(), "secret": secret.hex(),
        "clientVersions": [1, 3], "clientCapabilities": "5", "clientNonce": nonce_1.hex(),
        "admission": admission.hex(), "clientHello": hello.hex(),
        "version": 1, "serverVersions": [1, 2], "serverCapabilities": str(2**64 - 1), "serverNonce": nonce_2.hex(),
        "serverRecord": record_2.hex(), "serverOffer": offer.hex(), "serverSigned": server_signed.hex(),
        "serverHello": server_hello.hex(), "clientRecord": record_1.hex(), "clientClaim": claim.hex(),
        "clientSigned": client_signed.hex(), "clientAuth": auth.hex(), "verdict": verdict.hex(),
        "sessionId": sha256(*map(prefixed, [hello, server_hello, auth, verdict])).hex(),
        "anonymousClientAuth": data(1, number(2, 1)).hex(),
        "verdicts": [{"code": name, "retryAfterSeconds": 60, "encoded": (number(1, n) + number(2, 60)).hex()}
                     for name, n in VERDICTS.items()],
        "invalid": [{"message": message, "name": name, "reason": why, "encoded": encoded.hex()}
                    for message, cases in bad.items() for name, why, encoded in cases],
    }


def frames():
    first, second = record(SEED_1, "my-network", CONTENT), record(SEED_2, "my-network", CONTENT_2)
    signed_policy = policy(SEED_2, "my-network", policy_bytes(POLICY))
    valid = [
        {"type": "GetPeers", "id": 7, "limit": 128, "payload": b"\1" + number(1, 7) + number(2, 128)},
        {"type": "GetPeers", "id": 2**32 - 1, "limit": 1, "payload": b"\1" + number(1, 2**32 - 1) + number(2, 1)},
        {"type": "GetPeers", "id": 7, "limit": 128, "offlineToo": 1,
         "payload": b"\1" + number(1, 7) + number(2, 128) + number(3, 1)},
        {"type": "Peers", "id": 7, "records": [first.hex(), second.hex()],
         "payload": b"\2" + number(1, 7) + data(2, first) + data(2, second)},
        {"type": "Peers", "id": 0, "records": [], "payload": b"\2"},
        {"type": "Announce", "record": first.hex(), "payload": b"\3" + data(1, first)},
        {"type": "Policy", "policy": signed_policy.hex(), "payload": b"\x09" + data(1, signed_policy)},
        {"type": "Ping", "token": str(2**64 - 2), "payload": b"\4" + fixed(1, 2**64 - 2)},
        {"type": "Pong", "token": "1", "payload": b"\5" + fixed(1, 1)},
        {"type": "Request", "id": "300", "protocol": "chat/1", "body": "68656c6c6f",
         "payload": b"\6" + number(1, 300) + text(2, "chat/1") + data(3, b"hello")},
        {"type": "Request", "id": str(2**64 - 1), "protocol": "~ !", "body": "",
         "payload": b"\6" + number(1, 2**64 - 1) + text(2, "~ !")},
        {"type": "Response", "id": "300", "status": "OK", "body": "00",
         "payload": b"\7" + number(1, 300) + number(2, 1) + data(3, b"\0")},
    ]
    valid += [{"type": "Response", "id": "1", "status": s, "body": "", "payload": b"\7" + number(1, 1) + number(2, n)}
              for s, n in STATUSES.items()]
    valid += [{"type": "GoAway", "reason": r, "payload": b"\x08" + number(1, n)} for r, n in REASONS.items()]
    valid += [{"type": "Unknown", "number": n, "payload": bytes([n]) + b"anything"} for n in (10, 127)]
    for v in valid:
        v["payload"] = v["payload"].hex()
    bad = [
        ("no type", "GARBAGE", b""), ("type 0", "UNKNOWN_ENUM", b"\0"),
        ("unknown type that may not be skipped", "UNKNOWN_ENUM", b"\x80"),
        ("unknown type 255", "UNKNOWN_ENUM", b"\xffabc"),
        ("no limit", "BAD_FIELD", b"\1" + number(1, 7)),
        ("limit 129", "BAD_FIELD", b"\1" + number(2, 129)),
        ("limit 2^32-1", "BAD_FIELD", b"\1" + number(2, 2**32 - 1)),
        ("129 records", "TOO_LONG", b"\2" + number(1, 1) + data(2, b"", True) * 129),
        ("one bad record among good ones", "BAD_FIELD", b"\2" + data(2, first) + data(2, first[:-66]) + data(2, second)),
        ("no record announced", "BAD_FIELD", b"\3"),
        ("no policy", "BAD_FIELD", b"\x09"),
        ("policy without a signature", "BAD_FIELD", b"\x09" + data(1, data(1, policy_bytes(POLICY)))),
        ("policy with an unknown field", "GARBAGE", b"\x09" + data(1, signed_policy + number(3, 1))),
        ("token as varint", "GARBAGE", b"\4\x08\1"),
        ("token truncated", "GARBAGE", b"\4\x09\1\2\3"),
        ("no protocol", "BAD_FIELD", b"\6" + number(1, 1)),
        ("status 0", "UNKNOWN_ENUM", b"\7" + number(1, 1)),
        ("status 6", "UNKNOWN_ENUM", b"\7" + number(2, 6)),
        ("body with a failure", "BAD_FIELD", b"\7" + number(2, 4) + data(3, b"x")),
        ("reason 0", "UNKNOWN_ENUM", b"\x08"),
        ("reason 6", "UNKNOWN_ENUM", b"\x08" + number(1, 6)),
        ("unknown field", "GARBAGE", b"\4" + number(2, 1)),
        ("deeply nested groups", "GARBAGE", b"\4" + b"\x13" * 1000),
    ]
    return {"valid": valid, "invalid": [{"name": n, "reason": w, "payload": b.hex()} for n, w, b in bad]}


RFC_8032 = [
    ("RFC 8032 7.1 TEST 1", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("RFC 8032 7.1 TEST 2", "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("RFC 8032 7.1 TEST 3", "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    ("RFC 8032 7.1 TEST SHA(abc)", "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf", hashlib.sha512(b"abc").hexdigest(),
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
]


def forged(key, order):
    """A message and signature that satisfy the bare equation under a key of small order, without any private key."""
    r = 1
    while True:
        first = point_bytes(times(r, BASE))
        if sha512_number(first, key, b"anything") % order == 0:
            return first + r.to_bytes(32, "little")
        r += 1


def ed25519():
    valid = []
    for name, seed, key, message, signature in RFC_8032:
        if public(bytes.fromhex(seed)).hex() != key or sign(bytes.fromhex(seed), bytes.fromhex(message)).hex() != signature:
            raise SystemExit(name + " differs")
        valid.append({"name": name, "seed": seed, "key": key, "message": message, "signature": signature})
    eighth = next(q for y in range(2, 100) if (x := x_of(y, 0)) is not None
                  for q in [times(L, (x, y))] if times(4, q) != (0, 1))
    invalid = []

    def refuse(name, key, signature, message=b"anything"):
        invalid.append({"name": name, "key": key.hex(), "message": message.hex(), "signature": signature.hex()})

    for i in range(8):
        q = times(i, eighth)
        order = next(n for n in (1, 2, 4, 8) if times(n, q) == (0, 1))
        refuse("key of order %d: %d times a point of order 8" % (order, i), point_bytes(q), forged(point_bytes(q), order))
    for name, n, order in [("identity, y = p + 1", P + 1, 1), ("identity, x = -0", 1 | 1 << 255, 1),
                           ("identity, y = p + 1, x = -0", P + 1 | 1 << 255, 1), ("y = p", P, 4),
                           ("y = p, x odd", P | 1 << 255, 4), ("order 2, x = -0", P - 1 | 1 << 255, 2)]:
        key = n.to_bytes(32, "little")
        refuse("key not canonical: " + name, key, forged(key, order))
    off_curve = next(y for y in range(2, 100) if x_of(y, 0) is None).to_bytes(32, "little")
    refuse("key not on the curve", off_curve, forged(off_curve, 1))

    seed = bytes.fromhex(RFC_8032[0][1])
    key, message = public(seed), b"anything"
    a = int.from_bytes(expand(seed)[:32], "little")
    good = sign(seed, message)
    s = int.from_bytes(good[32:], "little")
    mixed = point_bytes(add(times(a, BASE), eighth))
    r = 1
    while sha512_number(point_bytes(times(r, BASE)), mixed, message) % 8:
        r += 1
    first = point_bytes(times(r, BASE))
    refuse("key of order 8 L", mixed, first + ((r + sha512_number(first, mixed, message) * a) % L).to_bytes(32, "little"))
    refuse("S + L", key, good[:32] + (s + L).to_bytes(32, "little"))
    refuse("S = L", key, good[:32] + L.to_bytes(32, "little"))
    refuse("S with its high bit set", key, good[:63] + bytes([good[63] | 0x80]))
    for name, encoded in [("identity", (1).to_bytes(32, "little")), ("identity, y = p + 1", (P + 1).to_bytes(32, "little")),
                          ("order 2", point_bytes(times(4, eighth))), ("order 8", point_bytes(eighth))]:
        refuse("R of small order: " + name, key, encoded + (sha512_number(encoded, key, message) * a % L).to_bytes(32, "little"))
    accepted = []
    for i in (1, 2, 4):
        encoded = point_bytes(add(times(12345 + i, BASE), times(i, eighth)))
        number_s = (12345 + i + sha512_number(encoded, key, message) * a) % L
        accepted.append({"name": "R plus %d times a point of order 8: holds after multiplying by the cofactor" % i,
                         "key": key.hex(), "message": message.hex(),
                         "signature": (encoded + number_s.to_bytes(32, "little")).hex()})
    refuse("R not on the curve", key, off_curve + good[32:])
    refuse("another message", key, good, b"another")
    refuse("another key", public(SEED_1), good)
    refuse("63 bytes", key, good[:63])
    refuse("65 bytes", key, good + b"\0")
    refuse("empty", key, b"")
    refuse("zeros", key, bytes(64))
    return {"valid": valid, "accepted": accepted, "invalid": invalid}


if __name__ == "__main__":
    directory = pathlib.Path(sys.argv[1])
    for file, vectors in {"onion": onions(), "network": networks(), "pow": pows(), "record": records(),
                          "policy": policies(), "sealed": sealed(), "handshake": handshake(), "frame": frames(), "ed25519": ed25519()}.items():
        (directory / (file + ".json")).write_text(json.dumps(vectors, indent=1, ensure_ascii=True) + "\n")
