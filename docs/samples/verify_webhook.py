# Whether a delivery is from Cauce: python3 verify_webhook.py "$SECRET" "$CAUCE_SIGNATURE" < raw-body
import hashlib, hmac, sys, time


def is_genuine(secret: str, signature: str, body: bytes, now: float | None = None) -> bool:
    parts = [part.strip().split("=", 1) for part in signature.split(",")]
    sent_at = next((value for name, value in parts if name == "t"), "")
    if not sent_at.isdigit() or abs((now or time.time()) - int(sent_at)) > 300:
        return False
    expected = hmac.new(secret.encode(), sent_at.encode() + b"." + body, hashlib.sha256).hexdigest()
    # While a secret is being rotated there are two signatures: either will do.
    return any(name == "v1" and hmac.compare_digest(mac, expected) for name, mac in parts)


if __name__ == "__main__":
    genuine = is_genuine(sys.argv[1], sys.argv[2], sys.stdin.buffer.read())
    print("verified" if genuine else "refused")
    sys.exit(0 if genuine else 1)
