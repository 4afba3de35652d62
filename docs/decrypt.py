"""Opens one envelope of format 1, suite 01, from docs/format.md alone. For reading and for tests: slow, and not constant-time.

    python3 decrypt.py <data key, hex> <envelope, hex or abm1.text> <tenant> <scope> <entity> <field> <record>
"""
import base64
import hashlib
import hmac
import sys


def lp(part):
    return len(part).to_bytes(4, "big") + part


def ctx(label, *parts):
    return lp(label.encode()) + bytes([len(parts)]) + b"".join(lp(p if isinstance(p, bytes) else p.encode()) for p in parts)


def hkdf_expand(key, info, length):
    out, block = b"", b""
    for i in range(1, -(-length // 32) + 1):
        block = hmac.new(key, block + info + bytes([i]), hashlib.sha256).digest()
        out += block
    return out[:length]


# AES-256, encryption alone (FIPS 197), and GCM over it (NIST SP 800-38D)

def xtime(a):
    return ((a << 1) ^ 0x1B) & 0xFF if a & 0x80 else a << 1


def make_sbox():
    sbox, p, q = [0x63] * 256, 1, 1
    while True:
        p ^= xtime(p)
        q ^= q << 1
        q ^= q << 2
        q ^= q << 4
        q &= 0xFF
        q ^= 0x09 if q & 0x80 else 0
        s = q
        for shift in range(1, 5):
            s ^= ((q << shift) | (q >> (8 - shift))) & 0xFF
        sbox[p] = s ^ 0x63
        if p == 1:
            return sbox


SBOX = make_sbox()


def expand_key(key):
    words, rcon = [key[i:i + 4] for i in range(0, 32, 4)], 1
    while len(words) < 60:
        word = words[-1]
        if len(words) % 8 == 0:
            word = bytes(SBOX[b] for b in word[1:] + word[:1])
            word = bytes([word[0] ^ rcon]) + word[1:]
            rcon = xtime(rcon)
        elif len(words) % 8 == 4:
            word = bytes(SBOX[b] for b in word)
        words.append(bytes(a ^ b for a, b in zip(words[-8], word)))
    return [b"".join(words[i:i + 4]) for i in range(0, 60, 4)]


def encrypt_block(keys, block):
    state = [a ^ b for a, b in zip(block, keys[0])]
    for turn in range(1, 15):
        state = [SBOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if turn < 14:
            mixed = []
            for c in range(0, 16, 4):
                column = state[c:c + 4]
                total = column[0] ^ column[1] ^ column[2] ^ column[3]
                mixed += [column[i] ^ total ^ xtime(column[i] ^ column[(i + 1) % 4]) for i in range(4)]
            state = mixed
        state = [a ^ b for a, b in zip(state, keys[turn])]
    return bytes(state)


def ghash(h, data):
    y = 0
    for i in range(0, len(data), 16):
        x, v, z = y ^ int.from_bytes(data[i:i + 16], "big"), h, 0
        for bit in range(127, -1, -1):
            z ^= v if x >> bit & 1 else 0
            v = (v >> 1) ^ (0xE1 << 120 if v & 1 else 0)
        y = z
    return y


def gcm_decrypt(key, nonce, ciphertext, tag, aad):
    keys = expand_key(key)
    h = int.from_bytes(encrypt_block(keys, bytes(16)), "big")
    pad = lambda data: data + bytes(-len(data) % 16)
    lengths = (8 * len(aad)).to_bytes(8, "big") + (8 * len(ciphertext)).to_bytes(8, "big")
    mask = int.from_bytes(encrypt_block(keys, nonce + (1).to_bytes(4, "big")), "big")
    if (ghash(h, pad(aad) + pad(ciphertext) + lengths) ^ mask).to_bytes(16, "big") != tag:
        raise ValueError("DecryptionFailed")
    stream = b"".join(encrypt_block(keys, nonce + (2 + i).to_bytes(4, "big")) for i in range(-(-len(ciphertext) // 16)))
    return bytes(a ^ b for a, b in zip(ciphertext, stream))


def decrypt(data_key, envelope, tenant, scope, entity, field, record):
    if len(envelope) < 47 or envelope[0] != 0xA1 or envelope[1] != 1 or envelope[2] > 1:
        raise ValueError("FormatUnknown")
    if envelope[3:19] != hkdf_expand(data_key, b"abm.privacy/v1/key-id", 16):
        raise ValueError("KeyUnavailable")
    key = hkdf_expand(data_key, ctx("abm.privacy/v1/field-key", b"\x01", tenant, scope, entity, field), 32)
    aad = envelope[:19] + ctx("abm.privacy/v1/aad", tenant, scope, entity, field, record)
    clear = gcm_decrypt(key, envelope[19:31], envelope[31:-16], envelope[-16:], aad)
    if envelope[2] & 1:
        clear = clear.rstrip(b"\x00")
        if clear[-1:] != b"\x80":
            raise ValueError("DecryptionFailed")
        clear = clear[:-1]
    return clear


if __name__ == "__main__":
    if len(sys.argv) != 8:
        sys.exit(__doc__)
    text = sys.argv[2]
    body = base64.urlsafe_b64decode(text[5:] + "=" * (-len(text[5:]) % 4)) if text.startswith("abm1.") else bytes.fromhex(text)
    try:
        sys.stdout.buffer.write(decrypt(bytes.fromhex(sys.argv[1]), body, *sys.argv[3:]))
    except ValueError as error:
        sys.exit(str(error))
